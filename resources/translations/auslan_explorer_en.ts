<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
        <name>Counts</name>
        <message numerus="yes">
            <source>%n frame</source>
            <translation>
                <numerusform>%n frame</numerusform>
                <numerusform>%n frames</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n note</source>
            <translation>
                <numerusform>%n note</numerusform>
                <numerusform>%n notes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n point</source>
            <translation>
                <numerusform>%n point</numerusform>
                <numerusform>%n points</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n recording</source>
            <translation>
                <numerusform>%n recording</numerusform>
                <numerusform>%n recordings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n sign</source>
            <translation>
                <numerusform>%n sign</numerusform>
                <numerusform>%n signs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n step</source>
            <translation>
                <numerusform>%n step</numerusform>
                <numerusform>%n steps</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n unit</source>
            <translation>
                <numerusform>%n unit</numerusform>
                <numerusform>%n units</numerusform>
            </translation>
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
    </context>
</TS>
