"""The form of the page as the writers of all media read it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from thidua.language.own_data import own_data

A4 = (210, 297)


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Margins(_Form):
    """Margins of a page, in millimetres."""

    top: float
    right: float
    bottom: float
    left: float


class Sizes(_Form):
    """Sizes of type, in points."""

    body: float
    page_number: float
    state: float
    motto: float
    number: float
    place: float
    title: float
    recipients_head: float
    recipients: float
    reference: float
    table: float
    caption: float
    remark: float
    note: float
    listing: float
    summary: float


class Rules(_Form):
    """Lengths of rules, as shares of the line above them."""

    issuer: float
    abstract: float


class Typefaces(_Form):
    """The faces that the package carries, for words and for signs, and the one that office programs have."""

    document: str
    signs: str
    office: str


class PageForm(_Form):
    """The form of the page (Nghị định 30/2020/NĐ-CP, Phụ lục I); see page.yaml."""

    margins: Margins
    wide_margins: Margins
    indent: float
    paragraph_gap: float
    leading: float
    sizes: Sizes
    rules: Rules
    typefaces: Typefaces

    @property
    def text_width(self) -> float:
        """The room between the margins of an upright page, in millimetres."""
        return A4[0] - self.margins.left - self.margins.right

    def smaller(self, share: float) -> PageForm:
        """The form with type of this share of its sizes, for a page that must hold all it has to say."""
        sizes = {name: round(share * size, 1) for name, size in self.sizes.model_dump().items()}
        return self.model_copy(update={"sizes": Sizes(**sizes), "paragraph_gap": self.paragraph_gap / 2})


@cache
def page_form() -> PageForm:
    """What page.yaml says."""
    text = files("thidua.settings").joinpath("page.yaml").read_text(encoding="utf-8")
    return PageForm.model_validate(own_data(text))
