"""Vietnamese text in the encodings from before Unicode: TCVN3 (fonts .Vn…) and VNI (fonts VNI-…).

Such a text shows right in its old font alone; read as Unicode it is other letters, «Tû lÖ» for «Tỷ lệ». It is known by
words that are no Vietnamese as they stand and are Vietnamese syllables in the old encoding. Marks that proper texts use
as well («µm», «m×n», footnote figures, quotation marks) prove nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import product

from thidua.errors import Problem
from thidua.intake.typed_values import quoted
from thidua.intake.xlsx.raw import RawSheet
from thidua.remembered import remembered

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
# In VNI a letter is followed by one that carries its marks.
_VNI = {
    **dict(zip("íìæóòîñôö", "íìỉĩịỵđơư", strict=True)),
    **{f"{a}{mark}": f"{b}{tone}" for (a, b), (mark, tone) in product(
        zip("aeouyôö", "aeouyơư", strict=True), zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))},
    **{f"{a}{mark}": f"{a}\u0302{tone}" for a, (mark, tone) in product(
        "aeo", zip("âáàåãä", ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"], strict=True))},
    **{f"a{mark}": f"a\u0306{tone}" for mark, tone in
        zip("êéèúüë", ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"], strict=True)},
}  # fmt: skip
_VNI_PIECE = re.compile("|".join(sorted(_VNI, key=len, reverse=True)) + "|[a-z]")
_ONSET = "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
_RHYMES = """
    a ai ao au ay ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âu ây âc âm ân âng âp ât
    e eo ec em en eng ep et ê êu êch ênh êm ên êp êt i ia iu ich inh im in ip it iêu iêc iêm iên iêng iêp iêt
    y yêu yêm yên yêng yêt o oi oc om on ong op ot oa oai oay oac oach oam oan oang oanh oap oat oao oe oeo oen oet
    oăc oăm oăn oăng oăt oong ô ôi ôc ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua ui uc um un ung up ut uê uênh uêch uy uya
    uyên uyêt uynh uych uyt uyu uân uât uâng uây uơ uôi uôc uôm uôn uông uôt ư ưa ưi ưu ưc ưm ưng ưt
    ươi ươu ươc ươm ươn ương ươp ươt
"""
_SYLLABLE = re.compile(f"{_ONSET}(?:{'|'.join(sorted(_RHYMES.split(), key=len, reverse=True))})")
_LETTERS = re.compile("[a-zàáâãèéêìíòóôõùúýăđĩũơư\u1ea1-\u1ef9]+")
# A tone stands on no letter that ends a syllable behind its vowel: «thàu», never «thaù».
_MISPLACED = re.compile("(?:[aăâeêioôơuư][ùúủũụìíỉĩị]|[ae][òóỏõọ]|[aâ][ỳýỷỹỵ])$")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED = re.compile(r"[ptc]h?$")
_LONGEST_SYLLABLE = 7
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~]+")
_UNICODE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
# What no proper Vietnamese word has behind a letter; «·», «¹», «×», «÷» and «Ð» are met in formulas, notes, old texts.
_TELLTALE = re.compile("(?:^[§®]|[A-Za-z].*?[¡-¦¨-¬®µ¶¸»-¾ÆÇËÎÏÑÖØÜÞßäåæçëîïñöøûüþ])")
_WORTH_A_LOOK = re.compile("[\u00a1-\u00be\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00dc-\u00df\u00e4-\u00e7\u00eb"
                           "\u00ee-\u00f1\u00f6-\u00f8\u00fb-\u00ff]|[aeouy][ùõâáàãêéèú]", re.IGNORECASE)  # fmt: skip


def old_letters(text: str) -> tuple[str, str]:
    """The encoding in which a text was typed and how it reads, where that is not Unicode; else two empty texts."""
    if not _WORTH_A_LOOK.search(text):
        return "", ""
    words = {word for word in _WORD.findall(text) if len(word) <= 2 * _LONGEST_SYLLABLE}
    tcvn3 = [w for w in words if _TELLTALE.search(w) and _is_syllable(_from_tcvn3(w)) and not _is_syllable(w)]
    vni: list[str] = []
    if not _UNICODE_ONLY.search(text):
        vni = [w for w in words if not w.isascii() and _is_syllable(_from_vni(w)) and not _is_syllable(w)]
    if not tcvn3 and not vni:
        return "", ""
    name, decode = ("TCVN3", _from_tcvn3) if len(tcvn3) >= len(vni) else ("VNI", _from_vni)
    return name, _WORD.sub(lambda match: decode(match[0]) or match[0], text)


def old_letters_problem(file: str, sheet: RawSheet) -> Problem | None:
    """The first text of a sheet that is not in Unicode, with the number of the others."""
    found = []
    for place in sorted(sheet.cells):
        cell = sheet.cells[place]
        if isinstance(cell.value, str):
            encoding, meant = old_letters(cell.value)
            if encoding:
                found.append((cell, encoding, meant))
    if not found:
        return None
    encoding = Counter(name for _, name, _ in found).most_common(1)[0][0]
    cell, _, meant = next(entry for entry in found if entry[1] == encoding)
    others = f" và {len(found) - 1} ô khác trong trang" if len(found) > 1 else ""
    said = f"chữ gõ bằng bảng mã {encoding}{others}: «{quoted(cell.value)}», đọc là «{quoted(meant)}»"
    expected = "chữ Unicode; chuyển mã bằng UniKey (Ctrl+Shift+F6), đặt phông Times New Roman rồi lưu lại"
    return Problem(file, sheet.title, cell.address, said, expected)


def _from_tcvn3(word: str) -> str:
    if any(c not in _TCVN3 and not c.isascii() for c in word):
        return ""
    return "".join(_TCVN3.get(c, c) for c in word)


def _from_vni(word: str) -> str:
    small = word.lower()
    pieces = _VNI_PIECE.findall(small)
    if "".join(pieces) != small:
        return ""
    text = unicodedata.normalize("NFC", "".join(_VNI.get(piece, piece) for piece in pieces))
    return text.upper() if word.isupper() and len(word) > 2 else text.capitalize() if word[:1].isupper() else text


@remembered(10_000)
def _is_syllable(word: str) -> bool:
    """Whether a word can be a syllable of Vietnamese: onset, rhyme and one tone that goes with it."""
    if not 0 < len(word) <= _LONGEST_SYLLABLE:
        return False
    small = unicodedata.normalize("NFC", word.lower())
    if not _LETTERS.fullmatch(small) or (_MISPLACED.search(small) and not small.startswith("q")):
        return False
    letters = unicodedata.normalize("NFD", small)
    tones = [c for c in letters if c in _TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not _STOPPED.search(bare) or (tones != [] and tones[0] in "\u0301\u0323")
