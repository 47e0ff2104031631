"""How each kind of chart is laid out.

Positions are worked out here and not left to the renderer: so a text is never clipped, and a drawing does not depend
on the fonts of the machine that made it.
"""
