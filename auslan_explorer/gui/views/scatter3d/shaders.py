"""Shaders of points and lines, in the shading language of whatever OpenGL there is."""

from __future__ import annotations

from PySide6.QtGui import QOpenGLContext
from PySide6.QtOpenGL import QOpenGLShader, QOpenGLShaderProgram

_VERTEX = """
uniform mat4 u_mvp;
uniform vec3 u_background;
uniform vec3 u_fog;     // nearest and farthest distance, fraction of the background in the farthest
uniform vec2 u_size;    // of a point in device pixels at distance u_reference, and of a large one
uniform float u_reference;
uniform float u_alpha;  // opacity of all; if negative, a factor of each one's own
uniform vec4 u_foreground;     // colour of all, and 1; or 0: each point's own
uniform vec2 u_shift;   // of all, in the pane's halves
uniform float u_least;  // least opacity of its own of what is drawn
IN vec3 a_position;
IN vec4 a_colour;
OUT vec4 v_colour;

void main() {
    gl_Position = u_mvp * vec4(a_position, 1.0);
    float away = clamp((gl_Position.w - u_fog.x) / (u_fog.y - u_fog.x), 0.0, 1.0);
    vec3 own = mix(a_colour.rgb, u_foreground.rgb, u_foreground.a);
    v_colour = vec4(mix(own, u_background, away * u_fog.z), u_alpha > 0.0 ? u_alpha : min(-u_alpha * a_colour.a, 1.0));
    v_colour.a *= step(u_least, a_colour.a);
    gl_Position.xy += u_shift * gl_Position.w;
    float size = a_colour.a > 0.7 ? u_size.y : u_size.x;
    gl_PointSize = clamp(size * u_reference / max(gl_Position.w, 1e-6), 1.0, 64.0);
}
"""
_LINE_FRAGMENT = """
IN vec4 v_colour;
FRAGMENT
void main() { COLOUR = v_colour; }
"""
_POINT_FRAGMENT = """
IN vec4 v_colour;
FRAGMENT
void main() {
    vec2 offset = gl_PointCoord * 2.0 - 1.0;
    // Edge soft over about a pixel: a small round point, without multisampling.
    COLOUR = vec4(v_colour.rgb, v_colour.a * clamp((1.0 - dot(offset, offset)) * 1.6, 0.0, 1.0));
}
"""


def _shader_source(text: str, fragment: bool) -> str:
    """Return a shader's source in the shading language of the current context."""
    context = QOpenGLContext.currentContext()
    made = context.format()
    if context.isOpenGLES():
        modern = made.version() >= (3, 0)
        head = "#version 300 es\n" if modern else "#version 100\n"
        head += "precision highp float;\n" if not fragment else "precision mediump float;\n"
    else:
        # macOS gives a 4.1 core profile, which rejects the old keywords.
        modern = made.version() >= (3, 1)
        head = "#version 140\n" if modern else "#version 120\n"
    words = {
        "IN": ("in" if modern else ("varying" if fragment else "attribute")),
        "OUT": "out" if modern else "varying",
        "FRAGMENT": "out vec4 o_colour;" if modern else "",
        "COLOUR": "o_colour" if modern else "gl_FragColor",
    }
    for word, meaning in words.items():
        text = text.replace(word, meaning)
    return head + text


def make_program(smooth: bool) -> QOpenGLShaderProgram:
    """Compile and link the shaders in the current context.

    Parameters
    ----------
    smooth : bool
        Whether points are round with a soft edge; False for lines.

    Raises
    ------
    RuntimeError
        If the driver rejects the shaders; with its log.
    """
    program = QOpenGLShaderProgram()
    kinds = QOpenGLShader.ShaderTypeBit
    good = program.addShaderFromSourceCode(kinds.Vertex, _shader_source(_VERTEX, False))
    good = good and program.addShaderFromSourceCode(
        kinds.Fragment, _shader_source(_POINT_FRAGMENT if smooth else _LINE_FRAGMENT, True)
    )
    # Location 0 must be an array that is in use, or old drivers draw nothing.
    program.bindAttributeLocation("a_position", 0)
    program.bindAttributeLocation("a_colour", 1)
    if not (good and program.link()):
        raise RuntimeError(f"the shader does not compile: {program.log()}")
    return program
