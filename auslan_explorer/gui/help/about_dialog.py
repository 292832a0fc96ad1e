"""The about dialog: version, credits and licences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from auslan_explorer import __version__
from auslan_explorer.gui import icons
from auslan_explorer.gui.i18n import current_words, mark, tr
from auslan_explorer.gui.style import UNIT, scaled

CREDITS = (
    mark("A look inside a network that recognises Australian sign language (Auslan) from glove recordings."),
    mark("It carries on from the article “Visualizing LSTM Networks, Part I” (2018)."),
    mark(
        "The recordings: “Australian Sign Language signs (High Quality)”, signed by Todd Wright. Cite M. W. Kadous, "
        "“Temporal Classification: Extending the Classification Paradigm to Multivariate Time Series”, PhD thesis, "
        "UNSW, 2002; UCI Machine Learning Repository, data set 115."
    ),
    mark(
        "The program’s own code is under the MIT licence. It is built on Qt for Python (LGPL 3), pyqtgraph (MIT), "
        "NumPy, h5py and scikit-learn (BSD), Keras and TensorFlow (Apache 2.0), PyAV with FFmpeg and x264 (GPL 2), "
        "QtAwesome and the Phosphor icons (MIT). The file NOTICE has the rest."
    ),
)


class AboutDialog(QDialog):
    """Dialog with version, credits and licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About Auslan Explorer"))
        picture = QLabel(self)
        picture.setPixmap(icons.program_icon().pixmap(64, 64))
        title = QLabel(tr("Auslan Explorer"), self)
        title.setProperty("type", "title")
        version = QLabel(tr("Version {0}", __version__), self)
        version.setProperty("muted", True)
        version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        names = QVBoxLayout()
        names.setSpacing(UNIT // 2)
        names.addStretch(1)
        names.addWidget(title)
        names.addWidget(version)
        names.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(2 * UNIT)
        head.addWidget(picture)
        head.addLayout(names, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        layout.setSpacing(UNIT + UNIT // 2)
        layout.addLayout(head)
        layout.addSpacing(UNIT // 2)
        layout.addWidget(self._credits())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAccessibleName(tr("Close"))
        layout.addSpacing(UNIT)
        layout.addWidget(buttons)

    def _credits(self) -> QScrollArea:
        """Return a scrollable area with the texts."""
        width = scaled(52 * UNIT)
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT + UNIT // 2)
        for text in CREDITS if current_words().of_signs else (CREDITS[0], CREDITS[-1]):
            label = QLabel(tr(text), inner)
            label.setWordWrap(True)
            column.addWidget(label)
        area = QScrollArea(self)
        area.setAccessibleName(tr("Credits"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setMinimumWidth(width + area.verticalScrollBar().sizeHint().width())
        room = self.screen().availableGeometry().height() - scaled(24 * UNIT)
        area.setFixedHeight(max(min(column.heightForWidth(width), room), scaled(10 * UNIT)))
        return area
