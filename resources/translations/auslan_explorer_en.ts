<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About Auslan Explorer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Auslan Explorer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Credits</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>AccuracyDock</name>
        <message>
            <source>Accuracy at each step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These activations hold no softmax head, so answers are not known.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The answers at each step are being found…</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Actions</name>
        <message>
            <source>1  The classifier</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>10  Think, crazy, sorry, you</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>11  Misclassified, training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>12  Misclassified, validation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>13  Misclassified, test</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>2  The autoencoder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>2-D</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>2-D map alone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>3  LSTM activations</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>3-D</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>3-D alone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>4  Last activations</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>5  LSTM activations in 3-D</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>6  Hand usage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>7  Drink and danger</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>8  Who and soon</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>9  Think and crazy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>About Auslan Explorer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accuracy against step for each split</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All figures of the article, with a sentence each</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All recordings begin together and end together</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All recordings begin together; shorter ones end earlier</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All that the program does, with pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>An ellipse for each sign: where it ends on two of three retrained maps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Answer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As the network reads them: shorter recordings begin later, all end together</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As the system</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>At the end of misclassified recordings: true sign above, the network's answer below</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Back and forth</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Back to the activations’ own maps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Begin again after the last step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Both</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Both side by side</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>By the network’s steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Call the chosen run by another name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel and discard</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose in the colour key</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Click to select, drag to move; Shift and drag selects a rectangle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close the program</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour by answer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour by confidence</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour by continuity</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour by distance moved</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour by hand usage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour by reconstruction error</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour by recording session</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour by sign</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour by split</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour by time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour by trustworthiness</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour from the first step (dark) to the last (yellow)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Compare all paths</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Compare runs…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Confidence</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Continuity</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dark</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dark ink on white paper</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete run…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete the chosen run for good</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Distance</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Do again what was taken back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Download recordings…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drag a rectangle over paths to select them; Ctrl adds, Alt looks at last steps only</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draw a point for each step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draw around paths to select them; Ctrl adds, Alt looks at last steps only</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draw less of each path behind its head</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draw more of each path behind its head</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draw the last step of each recording only</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>End now and keep nothing; the map before comes back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>End now; the best map so far is kept as a run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ends</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Error</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export data…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export film…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export picture…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export run…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faster</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 10: Paths that cross need not look alike: one of these signs runs across the other three.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 11: Every training path of the signs that were mixed up; the true sign stands above a mistaken recording's end in blue, the network's answer below in red.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 12: Every validation path of the signs that were mixed up; the true sign stands above a mistaken recording's end in blue, the network's answer below in red.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 13: Every test path of the signs that were mixed up; the true sign stands above a mistaken recording's end in blue, the network's answer below in red.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 1: How 90 steps of glove data become one sign: a layer of LSTM units, its last step, and a layer that decides.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 2: How the units' activations are squeezed to two numbers and spread out again; the map is drawn in the middle.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 3: Every step of every training recording, squeezed to two numbers; colour is time, a line joins one recording.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 4: Only the last step of each recording: what the layer that decides gets to see.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 5: The same steps squeezed to three numbers, points only.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 6: Lines alone, by how many hands make the sign: one-handed and two-handed signs keep to their own regions.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 7: Two one-handed signs that run side by side through the region of the two-handed ones.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 8: Two signs whose fingers differ in ways that the gloves hardly measure: their paths lie close.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure 9: One sign begins like the other and goes on: the paths share their way and part at the end.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find a sign</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find actions, signs, groups and figures by typing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find every recording's nearest ones beforehand, beside the window; some ten minutes, kept for later</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>First step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From each one’s own start</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Full screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gallery of figures…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Get the recordings from UCI</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ghost of whole paths</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go back step by step after the last step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go to the search field</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hand usage…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hands</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide what is not selected, in place of greying it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Histogram and threshold of hand usage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hot points have neighbours in the full space that the map has pushed away</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hot points have neighbours on the map that are none in the full space</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How early it knows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How far the hidden state moved in each step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How much of each hidden state the map loses: hot points are lost</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import recordings…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import run…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Inspector</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Invert</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Isolate selection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Join the points of each recording</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keep all that makes up what is shown in a small file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keep what is selected, or else what is shown, under a name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keep what is shown in another file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lasso</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Last step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Leave out no step, even where drawing takes longer than the speed allows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let go of the section</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let go of the selection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let the paths grow step by step, or pause</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Light</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Light ink on near-black</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Light or dark as the system has it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lines</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>List of signs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Log</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Longer trail</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Loop</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Map quality…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mark the step after which the network’s answer no longer changes on every path, not on selected ones alone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Names</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Names of mistakes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing fades or glides; what changes is changed at once</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One colour for each sign</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One step back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One step forward</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One-handed and two-handed recordings apart</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only last steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a session, or a file of hidden states</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open published weights…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pairs of signs that stay neighbours on every retrained map, and pairs that do not</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play all steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play faster</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play from this step on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play more slowly</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play up to this step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pointer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Points</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Probability of the true sign at each step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put run on the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put what is on screen on the clipboard</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Quit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Read recordings from a folder or archive</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recognised and mistaken recordings apart</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recordings that chose the best network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recordings that the network was tested on, once</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recordings that the network was trained on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rectangle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Redo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reduce motion</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reset views</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Retrain…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Runs…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save as group…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save paths, labels and predictions as CSV or HDF5</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save session</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save session as…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the growing paths as a film</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the map as a picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search everything</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search everything…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Section ends here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Section starts here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select nothing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Session</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Settings of a training, and how far it is</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Settings, figures and maps of the chosen runs side by side</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Settings…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Settled steps of all paths</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Seven cards on what is where</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shorter trail</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show 2-D and 3-D side by side</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show every step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show everything again, as at the start</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show or hide the list of signs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show or hide what is known of the selection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the 2-D map alone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the 3-D view alone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the map of the chosen run; undo brings the one before back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the maps that the activations came with</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the network of the article</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sign</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Signed log scale</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Slower</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Split</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Spread over retrained maps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Spread the crowded middle: sign(v) log(1 + |v|)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop and keep best</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stretched to the same length</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take back the last change of what is shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take in a run that was exported</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ten steps back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ten steps forward</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Test</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The days on which it was recorded</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The trainings that are kept</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Theme, size of text, colours, folders, training and films</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick all signs, or all those found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick none</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick what is not ticked, and the other way round</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tour of the window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train a map with what is set in the dock</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train, validation and test apart</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trust</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Undo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Untick all signs, or all those found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Up and down go through the colours, Enter selects what has one, Ctrl adds, Escape leaves</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use the whole screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>User guide</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Validation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Version, credits and licences</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What a point and a line are</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What am I looking at?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What survives retraining…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What the map is worth, beside principal components</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Whole paths lie faintly beneath those that grow</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write each sign's name where its recordings end</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write the chosen run to a file that others can import</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ArchitectureDialog</name>
        <message>
            <source>Save picture…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save as SVG, PDF or PNG</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ClosePrompt</name>
        <message>
            <source>What shall become of it?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keep going</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop, keep best and close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Discard and close</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ColourPreview</name>
        <message>
            <source>The colours chosen</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>Search everything</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search actions, signs, groups, figures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What was found</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>CompareDialog</name>
        <message>
            <source>Compare runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only what differs</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ConfusionMatrix</name>
        <message>
            <source>Confusion matrix</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ConfusionPage</name>
        <message>
            <source>Split</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Which recordings to count</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mistakes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The answers are not known.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>EnsembleForm</name>
        <message>
            <source>How many seeds</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>tcp://host:8786; empty: this computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Address of a Dask cluster</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scheduler of a Dask cluster of yours; empty trains on all processors here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train so many 2-D maps, half a minute of one processor each</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop and keep</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>End the trainings, and compare the maps that are finished</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cluster</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>EnsembleGrid</name>
        <message>
            <source>The pair on every map</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Explanation</name>
        <message>
            <source>What am I looking at?</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ExportDataDialog</name>
        <message>
            <source>File</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ExportFilmDialog</name>
        <message>
            <source>Length of the film</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Written</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ExportPictureDialog</name>
        <message>
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is drawn</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Transparent ground</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Light paper, for print</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Figures</name>
        <message>
            <source>Drink and danger</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every step of every training recording, squeezed to two numbers; colour is time, a line joins one recording.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every test path of the signs that were mixed up; the true sign stands above a mistaken recording's end in blue, the network's answer below in red.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every training path of the signs that were mixed up; the true sign stands above a mistaken recording's end in blue, the network's answer below in red.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every validation path of the signs that were mixed up; the true sign stands above a mistaken recording's end in blue, the network's answer below in red.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hand usage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How 90 steps of glove data become one sign: a layer of LSTM units, its last step, and a layer that decides.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How the units' activations are squeezed to two numbers and spread out again; the map is drawn in the middle.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>LSTM activations</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>LSTM activations in 3-D</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Last activations</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lines alone, by how many hands make the sign: one-handed and two-handed signs keep to their own regions.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Misclassified, test</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Misclassified, training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Misclassified, validation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One sign begins like the other and goes on: the paths share their way and part at the end.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only the last step of each recording: what the layer that decides gets to see.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paths that cross need not look alike: one of these signs runs across the other three.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The autoencoder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The classifier</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The same steps squeezed to three numbers, points only.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Think and crazy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Think, crazy, sorry, you</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Two one-handed signs that run side by side through the region of the two-handed ones.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Two signs whose fingers differ in ways that the gloves hardly measure: their paths lie close.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Who and soon</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>FilmPreview</name>
        <message>
            <source>Place in the film</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Goes through the film</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Frame shown</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>GalleryDialog</name>
        <message>
            <source>Figures of the article</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The network’s file is not at hand.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>GroupsButton</name>
        <message>
            <source>Groups ▾</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Groups</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One- and two-handed, misclassified, the article’s comparisons, and your own</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete group</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>GuideDialog</name>
        <message>
            <source>User guide</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Contents</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show or hide the table of contents</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The page before</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Forward</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The page that you went back from</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Table of contents</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>HandUsageDock</name>
        <message>
            <source>Threshold</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Article’s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Back to the article’s threshold</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No sign is mixed.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Heading</name>
        <message>
            <source>What is this?</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Histogram</name>
        <message>
            <source>Drag the line, or move it with the arrow keys</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Histogram of hand usage</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>InspectorDock</name>
        <message>
            <source>Hide the inspector</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide the inspector (Ctrl+I)</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>JobStrip</name>
        <message>
            <source>Work under way</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Progress</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LossPlot</name>
        <message>
            <source>Log</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Logarithmic losses</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Equal steps are equal ratios; off: equal differences</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MainToolBar</name>
        <message>
            <source>Light or dark</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Signs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Auslan Explorer</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MapCanvas</name>
        <message>
            <source>2-D map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Each line is one recording of a sign, each point one step of the network.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>&amp;Edit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Help</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Playback</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Signs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;View</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Line recordings up</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>S&amp;plits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Se&amp;lect</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Splits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Theme</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>NeighbourLists</name>
        <message>
            <source>It has no step.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select one recording to compare its neighbours.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>NoticeBar</name>
        <message>
            <source>Close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close this notice</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PendingResult</name>
        <message>
            <source>Progress</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PlaybackBar</name>
        <message>
            <source>Step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drag to any step. The flags are the ends of the section played; the bars show where answers settle.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Step shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Speed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Speed; 1× is as fast as the signs were signed ([ slower, ] faster)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What the marks of the playback stand for</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PlaybackLegend</name>
        <message>
            <source>Marks of the playback</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The head of a path. The network would give the right answer if the recording ended here (✓).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The same, but it would answer another sign: the one named after ✗.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>On a path: the step from which on the answer no longer changes. Where many are marked, a dot. Selected paths have it always, all others with “Settled steps of all paths”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Above the slider: at how many of the recordings shown the answer settles at each step.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Below the slider: where the answer of the one recording selected settles.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The ends of the section that is played; drag them.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PredictionBars</name>
        <message>
            <source>Answers at this step</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ProgressPanel</name>
        <message>
            <source>State of the training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Progress of the training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Last lines of the training's log</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide what it wrote last</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show what it wrote last</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PublishedDialog</name>
        <message>
            <source>Holds model_weights_final.hdf5, auto2D_model_weights.hdf5 and auto3D_model_weights.hdf5</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder of weights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the ones imported before</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recordings</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QualityDock</name>
        <message>
            <source>Which map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Neighbours that trustworthiness and continuity ask for</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Neighbours that trustworthiness and continuity ask for, on the map's colours too</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is drawn for each step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How steps are counted</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Neighbours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figures of the map beside principal components</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The article’s own map of its own network’s hidden states, on all recordings; 12 neighbours</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RecordingPage</name>
        <message>
            <source>Probability of the leading classes at every step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Order of the units</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This recording has no step.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drag along the bar below the map to ask which units change there, and where else they do.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RecordingsDialog</name>
        <message>
            <source>Download them (about 20 MB)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use a file or folder of mine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Address</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A folder of .tsd files, tctodd.tar.gz, or the zip that UCI serves</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>File or folder</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RunList</name>
        <message>
            <source>Runs</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RunsDock</name>
        <message>
            <source>This cannot be undone. A map that is on the screen stays there until you close it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keep</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SceneView</name>
        <message>
            <source>3-D scatter of the recordings' paths</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SearchFeedback</name>
        <message>
            <source>Light them up on the map (Ctrl+Return in the search field)</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SessionFiles</name>
        <message>
            <source>Nothing was opened yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Forget these</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Auslan Explorer</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SettingsForm</name>
        <message>
            <source>Preset</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Map</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>Settings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reset all…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reset all settings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Your recordings, networks, sessions and groups stay as they are.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reset all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Text size in percent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reduce motion</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing fades or glides; what changes is changed at once</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How many of this computer’s processors a training may keep busy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Address of a sign’s page in Signbank</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{word} stands for the sign’s name</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SignList</name>
        <message>
            <source>Search or filter</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search signs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No sign has this in its name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Signs shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No recording is like this.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SignPage</name>
        <message>
            <source>Never confused with another sign.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The answers are not known.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Being measured…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no recording to measure.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>By whole paths (dynamic time warping).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>By last hidden states alone.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SignTable</name>
        <message>
            <source>Signs</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StabilityDock</name>
        <message>
            <source>Search signs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search pairs of signs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nearest signs that count as neighbours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export the pairs as CSV</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write the pairs that are listed as a CSV table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nearest signs that count</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pairs of signs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a pair in the table.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>What is shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is under the pointer</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TaskDialog</name>
        <message>
            <source>What came of it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Notes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Progress</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Working…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancelled. Nothing was changed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Texts</name>
        <message>
            <source>10 to 64 (article)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All real steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All recordings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Batch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Bottleneck</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Epochs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How far the weights are moved at a time. Too small takes long, too large never settles; the recommended one is only this high at first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How many steps are looked at before the weights are changed once. Large batches are quicker, small ones more thorough; the article has 128.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layer widths</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Learned from</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Learning</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Learning rate</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Most times that every step is looked at. With the recommended recipe the learning rate falls to nearly nothing over them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No redundant ones</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Noise</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Patience</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recordings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Redundant steps are those at either end of a recording at which the network's state hardly moves any more. The article leaves out all but steps 10 to 64.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Seed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Standard deviation of the random numbers added to the hidden states before they are squeezed. The network has to give the states back without the noise, which keeps it from learning them by heart (denoising autoencoder; Vincent et al., 2008).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The activation function of the two or three units whose values are the map. Linear leaves the map as wide as it likes; tanh and sigmoid squeeze it into a box, relu cuts off what is below zero. The article compares them and keeps linear.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The selection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Those that the map is learned from; every recording is drawn on it. Some are set aside to see how well the map does on what it has not learned: the validation split, or a tenth of all or of the selection.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training ends when the loss of the validation recordings has not got better for so many epochs. The best weights are kept, not the last.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training split</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Units of the layers between the hidden state and the bottleneck; behind it they come again in reverse. The article has 600 and 150.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where the random numbers begin. The same seed and settings give the same map; another seed gives another map of the same states, and comparing some tells what can be believed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>comes and goes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>linear</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>mostly stays</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>never</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>none</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>relu</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>seldom</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>sigmoid</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>stays</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>tanh</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>
signed log</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> The mean of the nearest other sign, “{0}”, is {1:.2f} away</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> The network recognises {0:.2%} of them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> dpi</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> on average</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> px</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> seeds</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> steps/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>, and {0:.0%} of what is right in the end is right by step {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>, neighbours here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>, no neighbours here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>, on the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>, {0:.0%} recognised</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>, {0:.0%} right</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>, {0:.0%} sure</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>, {0} of {1} recognised ({2})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>2-D map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>3-D</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>3-D is not available here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>3-D map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>3-D needs OpenGL 2.1 or newer, and {0}. The 2-D map shows the same recordings. {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>3-D, the camera turning</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>4K, 3840 × 2160</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>5-NN sign accuracy of last steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>: the spread is {0:.0%} of that</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&lt;b&gt;3-D scatter&lt;/b&gt;&lt;br&gt;Each point is one step of a recording: the network's hidden state, squeezed to three numbers.&lt;br&gt;&lt;br&gt;Drag to turn &amp;nbsp;·&amp;nbsp; Shift-drag or right-drag to move &amp;nbsp;·&amp;nbsp; wheel to zoom&lt;br&gt;Click a path to select it, Ctrl-click to add it &amp;nbsp;·&amp;nbsp; double-click to reset&lt;br&gt;Keys: arrows turn, Shift+arrows move, + and − zoom, Home resets</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&lt;b&gt;Terms of the data&lt;/b&gt;  Recorded and donated by M. W. Kadous, signed by Todd Wright. Acknowledge the source, tell the donor if you publish, and ask before commercial use: &lt;a href="{0}"&gt;the data’s own page&lt;/a&gt;.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&lt;b&gt;{0}&lt;/b&gt;&amp;nbsp; {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&lt;br&gt;and {0} more.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A line</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A look inside a network that recognises Australian sign language (Auslan) from glove recordings.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A map in {0} dimensions</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A point</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A training is under way</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A training is under way.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A training is under way. Stop it, or wait until it is done; then start the next one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accuracy at each step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Action</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All paths are being compared already; how far it is stands at the foot.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All steps are played already</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Answers settle at step {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Apart</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Article</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As the system</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>At each step of the network, the share of what tells recordings apart there that the map gives back, or its mean squared error. Where the line falls, points of that step are not to be believed: the article's maps were trained on steps 10 to 64 and fall apart after step 65. Click to go to a step.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Auslan Explorer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Back to the article’s threshold, {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Back to {0}: {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Before any sign begins, step {0}: the same for all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Best epoch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Both lists rank recordings by the distance of last steps, once on the map and once between hidden states (Euclidean). A recording with a full dot is in both; one with an empty dot only here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Both, side by side</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>By the network’s steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>CSV table (*.csv);;HDF5 file (*.h5 *.hdf5)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Camera turns</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel and discard</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancelled. Nothing was kept, and the map before is back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Caption</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a run in the dock of runs first</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose two or more runs in the dock of runs first</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose two or more runs with Ctrl or Shift</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour key, {0}, {1} of {2}; Enter selects, Escape leaves</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colours of time, from step 1 to step {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Compare…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Comparing all paths</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Comparing paths</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Comparing whole paths…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Comparing with all other recordings…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Comparing {0} maps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Computing colours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Confusions</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Continuity (12 neighbours)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copies of last steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copying the picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Counting neighbours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Counting neighbours…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Damaged</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dark</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete the group “{0}”? Its recordings stay.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete {0} for good?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Deleting the run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dimensions</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Distance of the signs’ mean paths in the space of all units; a ring says that they are neighbours there</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Done in {0}. The map is kept as “{1}” among the runs; undo brings the one before back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Download</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drag here to mark steps; with the keyboard, Shift and an arrow</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drawing thumbnails</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draws what is shown, in any size. The ending of the file chooses the kind: .png, .svg or .pdf.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dynamic time warping compares whole paths in the space of all units and lets steps stretch, so that slow and fast recordings can match. 0 means the same path (Shokoohi-Yekta et al. 2017, dependent form).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>End now and keep nothing; the map before comes back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>End now; the best map so far is kept as a run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ends</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Epoch {0}; the best is epoch {1} with a validation loss of {2:.4g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Error by step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every map of the ensemble, laid over the one in the window by turning, mirroring, scaling and shifting (Procrustes analysis, Gower 1975). Grey: all last steps. A blue frame and a dot beside the seed: neighbours on this map.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every training that ends well is kept here, with its settings and how good its map is. “Retrain” in the menu Train starts one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Everything</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Explained variance</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Explained variance is the share of what varies in the hidden states that the map gives back (1: all of it); the errors are mean squared differences a unit. Trustworthiness asks whether neighbours on the map are neighbours in the full space, continuity the other way round (Venna and Kaski 2001; scikit-learn, on 4 000 steps). Sign accuracy is how often the 5 nearest last steps on the map agree on the right sign. PCA is the best flat map by a straight projection: the yardstick; the article’s own map is of its own network, measured on all recordings.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export data</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export film</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export pairs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Exported {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Exporting the run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Exporting {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Exports go to</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figure {0}, {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Figures and settings of the runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>File or folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>File…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Films</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Films the paths as they grow, just as the window shows them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Filters select recordings:  {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Finding the network’s answers at each step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder for exports</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder of weights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folders</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Frames a second</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From each one’s own start</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From step {0} to {1} these units change most: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Full HD, 1920 × 1080</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Get the recordings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Group</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>HD, 1280 × 720</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hand usage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Height</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide “{0}”</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hold at the end</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How early it knows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How good it is</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How it was made</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How much each hand moves is not known for these activations; make them again from the recordings.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How paths grow</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Imported: {0}. Kept in {1}.{2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Importing {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Inspector</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It carries on from the article “Visualizing LSTM Networks, Part I” (2018).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keeping the run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Kind</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Largest gradient step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Learning. The map follows every few epochs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Light</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking for alike changes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking for alike changes…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Losses by epoch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>MP4 film</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>MP4 film (*.mp4);;GIF (*.gif);;Numbered PNG frames (*.png)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Made of</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Made on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Map quality</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Maps of other dimensions cannot stand beside each other. ≠ marks what differs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Maps of up to {0} runs are drawn. ≠ marks what differs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Maps on which they are among each other’s nearest signs by where they end</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Maps on which they are among each other’s nearest signs by whole paths</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mean squared error</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mean squared error of last steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measured on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measured on all {0} recordings: which of them trained the map is not known.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measured on {0} test recordings, which trained nothing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measuring continuity</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measuring reconstruction error</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measuring the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measuring the map…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measuring trustworthiness</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measuring what the map is worth.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mistaken</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mistaken recordings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mistakes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>More</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name for the {0} selected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name for the {0} shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nearest in the full space</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nearest on the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nearest recordings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Neighbours compared</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No 3-D projection yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No activations are open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No activations are open.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Misclassified, test</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Misclassified, train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Misclassified, validation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No recording belongs to the split “test”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No recording belongs to the split “train”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No recording belongs to the split “validation”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One-handed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These activations do not hold how the hands move.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Two-handed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Docks that share a place</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Each row is one unit of the hidden state, each column one step, colour its value. Units that rise and fall together over all recordings stand together (average linkage on correlation, Sokal and Michener 1958).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How far the last hidden states of the sign's recordings lie from their mean, on average, beside how far the mean of the nearest other sign is. A sign whose spread comes close to that distance is easily confused (compare the index of Davies and Bouldin 1979).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Log</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No browser could be opened; the guide lies at {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No browser could be opened; the page is {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No ensemble of maps is at hand for these activations. Train one below.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No ensemble of maps is at hand for these activations; train one in “What survives retraining”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No epoch is over yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No log is kept, since its folder cannot be written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No other recording has so many steps.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No recording belongs to this split</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No recording is like this</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No runs yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No sign is ticked</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No training is under way</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Noise on the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None: all {0} are recognised.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is called like this.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is selected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is selected or shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is selected or shown. Click a path or tick a sign first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is selected. Click a path or choose a sign.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is selected. Click a path, or draw a lasso around some.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is shown.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is shown.
Tick a sign in the list, or choose All.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is shown. </source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing to draw with</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing was changed yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing was taken back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>On Linux, install the package libgl1-mesa-dri; on a remote desktop, start the program with LIBGL_ALWAYS_SOFTWARE=1.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>On the map: {0}.{1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One recording is too little: some must be set aside for validation. Select at least two.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One value cannot work; see ⚠ above.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One value differs from “{0}”, in bold below.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only the heads are drawn already</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a file of hidden states, or drop one here. The file that ships with the program is missing; “make models” makes it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open published weights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open recent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Opening {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Outlying recordings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Outlying, with their distance to the typical one:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Over retrained maps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Own size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>PCA</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>PNG frames in a folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>PNG picture (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pairs that the article speaks of stand on top (◆)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paper</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Part of a sign’s name, or filters (Ctrl+F):
{0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paths</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paths are drawn whole already</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pause</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Penalty on the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pictures (*.svg *.pdf *.png)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play to see how many answers are right.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Probability at each step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Processors</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Projection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put all settings back as they were at first?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put it on the clipboard, for a report</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put on the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Python cannot reach this computer's OpenGL</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading hidden states</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading hidden states…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the ensemble of maps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the ensemble of maps…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the run.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the runs that are kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the runs was stopped.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rec.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recognised</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recommended</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recordings (*.zip *.tar.gz *.tgz *.tar *.tsd);;All files (*)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recordings are here already, in {0}; getting them again replaces them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recordings disagree:&lt;br&gt;</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recordings of the sign in the ticked splits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename group</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename, export, delete, import</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Renaming the run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reset all settings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reset the {0} view</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Resolution</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Retrain</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Right</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Runs (*.h5)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save as group</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save as…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save session</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saved {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Schedule of the learning rate</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>See the sign in Auslan Signbank, in the browser</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Seed {0}{1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select all recordings of {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select every misclassified recording of this split</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select every recording of this sign</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select recordings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Selected signs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Selected: {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Selected: {0}, {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Selection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sessions and activations ({0})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Settings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Settings hold until the program is closed: {0} cannot be written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Share of these recordings that the network recognises</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show log folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show this run’s map; undo brings the one before back (Enter)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show what it wrote last</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show {0} alone, or both again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shows the very network of the article: its three files of weights are run over your recordings, and the result is put on the map. No code from the files is run.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sign</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sign; point at one for the name it has in the files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Signbank address</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Signbank ↗</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Signs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Skip the tour</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Small, 640 × 360</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Something went wrong that nobody foresaw. You can go on working; what is shown has been kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Speed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Spread</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Square, 1080 × 1080</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stability</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Step by step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Steps ahead of it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Steps behind the head</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop and keep best</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopped before two maps were finished, so there is nothing to compare.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopping. The best map so far is kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stretched to the same length</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Table (*.csv)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>TensorFlow is starting. This takes some seconds; the map stays usable.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Text size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The address of Signbank is no page on the web: it has to begin with https:// or http://.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The address of Signbank needs {0}, where the sign’s name goes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The article says that some neighbours on its map change with every retraining and some do not, and that those which do not are more likely to be real. Each sign is its mean path, its recordings stretched to one length. Two signs are neighbours where each is among the other’s nearest; it is counted on how many maps they are, by whole paths and by their ends alone. “Apart” is the distance of the mean paths in the space of all units; a ring there says that they are neighbours in it too.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The autoencoder behind this map is not at hand, so what it loses cannot be told; train one, or open the map with its networks.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The colour key has nothing to choose; select or tick fewer signs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The colour:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The distances will be computed again next time: {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The guide is missing here; it comes with the program’s source, in the folder docs/guide.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The log is {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The map works without the recordings. With them you can also train the classifier again, evaluate networks, and open the published network of the article. They are kept in your own folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The network needs recordings to run over; choose them, or import or download them first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The network’s answers are not known</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The pair on every map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The program ended unexpectedly last time. What was shown then is back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The program ended unexpectedly last time; what was shown then is kept as {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The program ended unexpectedly last time; what was shown then is lost.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The program’s own code is under the MIT licence. It is built on Qt for Python (LGPL 3), pyqtgraph (MIT), NumPy, h5py and scikit-learn (BSD), Keras and TensorFlow (Apache 2.0), PyAV with FFmpeg and x264 (GPL 2), QtAwesome and the Phosphor icons (MIT). The file NOTICE has the rest.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The recordings: “Australian Sign Language signs (High Quality)”, signed by Todd Wright. Cite M. W. Kadous, “Temporal Classification: Extending the Classification Paradigm to Multivariate Time Series”, PhD thesis, UNSW, 2002; UCI Machine Learning Repository, data set 115.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The session could not be opened whole: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The share of recordings whose answer would be right if they ended at that step; those that have not begun count as not right. The softmax head was trained on last steps only, so early answers are a hint, not a promise.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The spread is drawn on the 2-D map, and these activations have none.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Theme</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There are no recordings to select</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There are no recordings to train on. Open activations first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no map to measure.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no other recording to compare with.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no {0}-D map of these activations.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no {0}-D projection to export; open activations that hold one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These activations have no 3-D projection. Train a 3-D autoencoder on them to see their paths here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These activations hold no 2-D projection.
Train a 2-D autoencoder on them to see a map.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These activations hold no softmax head, so answers are not known.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These activations hold no softmax head, so the network’s answers at each step are not known</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These activations hold no softmax head, so there are no probabilities.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These activations hold no softmax layer to say how sure the network is.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These colours are a scale; colour by sign, hands, split or session to choose among them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>They are on the map already</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is the fastest speed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is the first step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is the last step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is the slowest speed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This recording has not begun at this step.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This view cannot start: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick a sign.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick a split.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ticked signs are shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>To look closer,</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Toolbar</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tour, {0}: {1} {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train a map with these settings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train an ensemble</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training in {0}-D</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training {0} maps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trains 2-D maps that differ in their seed alone, by a quick recipe, one in each processor; they are kept for these activations. Those who have a Dask cluster give the address of its scheduler; its workers need this program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>True signs stand on the left, answers above. Click a cell.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trustworthiness (12 neighbours)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Type and points</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Typical and outlying</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Typical recording</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Unit {0}, step {1}: {2:+.2f}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Units at each step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Updating the graphics driver may help; on a remote desktop, set QT_OPENGL=software before the start.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Upright, 1080 × 1920</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Version of the program</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Version {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>View</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Web</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is on screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is selected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is selected on one map is selected on all. ≠ marks what differs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is shown cannot be kept for the case of a crash: {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is this: {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is this?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is to be said of the selected recording or signs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What the map keeps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What the network would answer if the recordings ended at this step: its softmax head applied to each hidden state. The head was trained on last steps only, so what it says earlier is a hint, not an answer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where else these units change alike</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where else they do, and how alike:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Which signs are mistaken for which</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Width</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write the {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write {0}, for example {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Writes every step's place on the map, with its sign, recording, split and the network's answer. The ending of the file chooses the kind: .csv or .h5.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Written: {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Your data</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a few seconds left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a whole number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>about {0} min left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>about {0} s left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>all splits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>all {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>among both</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>an epoch takes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>and {0} more</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>answer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>are</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>are not</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>article</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>as recommended</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>as the maps that ship were made</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>at most a few seconds</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>at most {0} min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>at most {0} s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>best epoch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>both hands</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>bottleneck {0}{1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>by likeness</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>by number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>by step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>click a point or a sign in the list to light up its recordings, drag to move, turn the wheel to zoom, press Space to watch the paths grow, and Escape to let go.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>epoch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no room left in {0}; free some space.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} selected are right at this step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} shown are right at this step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>continuity</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>epoch {0} of {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>explained variance</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>explains {0}, 5-NN {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>figure {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>frame {0} of {1}, {2:.1f} s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>from the end</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>hands</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>here alone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>in the full space</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>is one recording of a sign, from its first step to its last. All begin together, because at first the network has seen nothing, and part as it makes up its mind. The sign’s name stands where they end.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>is the network’s memory at one moment. After each step of a recording the network holds {0} numbers; a second network squeezes them to two (or three), so that they can be drawn. Points that lie close together are moments that the network sees as alike.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its activations are others than then</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>left moves as much</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>length</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>mean squared error</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>measuring what it is worth</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>neighbours in the full space</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>none yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not known</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not neighbours in the full space</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>on the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>recognised</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>recorded</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>right hand alone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>same, of last steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>select all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>selected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>session {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>sign accuracy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>split</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>squared error</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>starting TensorFlow</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>step of the network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>step {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>step {0} of each</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>step {0} of {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>steps before the last</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>steps {0}–{1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>taken for {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>test</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the article’s own recipe</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the folder {0} cannot be written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>these {0} runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this computer offers none</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this computer offers none without a screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this computer offers {0}.{1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this computer's does not work ({0})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>time left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>trial {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>trustworthiness</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>validation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>whole numbers with commas between</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0:.0%} of each</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0:.2f} from their mean, on average.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0:g} steps a second is as fast as the hands were</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} (● line) and {1} (■ dashes): neighbours on {2} of {3} maps by paths, on {4} by their ends ({5}); {6}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} Change it in Settings.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} frames, {1}; {2:.2g} × real time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} signs and {2:.0%} of recordings are one‑handed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0:.1f} min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The guide has not been built here; “make docs” builds it, with search.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The page {0} is not among the guide’s pages here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The typical recording is the medoid: the one whose distances to all others of the sign add up to least (Kaufman and Rousseeuw 1990). Outlying ones are farthest from it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What the network would answer if the recording ended at this step: its softmax head applied to each hidden state. The head was trained on the last step only (Tempczyk and Bartołd 2018, figure 1), so earlier values are a hint, not an answer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} Other colourings are on the toolbar.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} The old one is kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} Threshold {1:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} answers {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} did not work: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} maps. {1} of {2} pairs are neighbours on 9 of 10 maps or more; {3} of these {4} are neighbours in the full space as well.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of at most {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1}, {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} recordings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} right: {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} selected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} taken for {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} taken for {1}: {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} values cannot work; see ⚠ above.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} values differ from “{1}”, in bold below.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} – Auslan Explorer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, as on screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, as signed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, everything</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, in the files “{1}”{2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, left at {1:.2f} of right</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, made on {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, step {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, validation loss {1:.4g}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, {1:.2f} away, {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, {1} to {2} of {3}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, {1}, {2} recordings{3}{4}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, {1}: the change is {2:.0%} alike</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}-D, learning</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}-D, seed {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}-D, seed {1}, {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: answers {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: choose one first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: lowest {1:.2f} at step {2}, highest {3:.2f} at step {4}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: no recording has a step.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: not known</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: show folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: {1:.1%} right in the end; half of the answers settle within {2:.0%} of a recording</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: {1:.2f} apart in the full space, place {2} of all pairs; they {3} neighbours there. Ends {4:.2f} apart. Over retraining: {5}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: {1} of its {2} nearest on the map are among its {3} nearest in the full space (●).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: {1} recognised</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>● in the 3-D view</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>● on the map</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Tour</name>
        <message>
            <source>A path</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A point</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Click a path, a name or a sign in this list, and the rest steps back. Tick signs to show or hide them; typing finds signs, and filters such as “session:3” or “wrong”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look closer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Retrain</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save what you see as a picture, a film, a table, or a session to go on with. Ctrl+K finds everything, and F1 opens the guide.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Space plays the paths step by step, as the network saw the sign being made. The slider goes to any step.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The inspector says what the network answers at every step, what its units do, and which recordings are most like the one selected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The map is itself learned. Train it again on your machine, watch it take shape, and compare what stays.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>is one recording of a sign, from its first step (dark) to its last (light). All begin together and part as the network makes up its mind; the sign’s name stands where they end.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>is what the network holds in memory after one step of a recording, squeezed to two numbers, or three. Points close together are moments that the network sees as alike.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Done</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TrailPanel</name>
        <message>
            <source>Line recordings up</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ghost of whole paths</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show every step, even if that is slower</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>all</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>UnitHeatmap</name>
        <message>
            <source>Units by steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shift with the left or right arrow marks steps, from the playback's step on</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>_RunPainter</name>
        <message>
            <source>Name of the run</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>_Screen</name>
        <message>
            <source>Preview</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
