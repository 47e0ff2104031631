"""The preview in a browser: it follows the drafts by itself, and the reader stays where he was."""

from __future__ import annotations

import asyncio
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from accessibility import violations
from thidua.watch.drafting import Draft
from thidua.watch.faults_in_words import Fault
from thidua.watch.preview_server import PreviewServer, Stage
from thidua.watch.printed_pages import PrintedPage

_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842" width="595pt" height="842pt">
<text y="99">{}</text></svg>"""
SENTENCES = [f"Đoạn thứ {n}: phong trào được duy trì ở các thôn." for n in range(60)]


class Live:
    """A server with a stage, in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.server = asyncio.run_coroutine_threadsafe(self._begin(), self._loop).result(20)
        self._draft = Draft()

    async def _begin(self) -> PreviewServer:
        self.stage = Stage("2031-Q2")
        self.stage.on(self._loop)
        return PreviewServer(self.stage)

    def show(
        self, sentences: list[str], *faults: Fault, judged: str = "Đạt.", notes: tuple[str, ...] = ("bảng không in…",)
    ) -> None:
        html = "".join(f"<p>{sentence}</p>" for sentence in sentences)
        html = f"<main><article><section id='muc-10_kinh_te'>{html}</section></article></main>"
        pages = tuple(
            PrintedPage(f"{abs(hash(part)):x}", _SVG.format(part).encode(), 595, 842)
            for part in ("".join(sentences[:30]), "".join(sentences[30:]))
        )
        number = self._draft.number + (html != self._draft.html)
        first = {"10_kinh_te": 1}
        self._draft = replace(
            self._draft, html=html, number=number, printed=pages, first_pages=first, faults=faults, judged=judged,
            notes=notes,
        )  # fmt: skip
        self.stage.show(self._draft)

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)


@pytest.fixture
def live() -> Iterator[Live]:
    live = Live()
    yield live
    live.end()


@pytest.fixture
def screen(live: Live, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(20_000)
    live.show(SENTENCES)
    page.goto(live.server.address)
    _reached(page, 1)
    yield page
    context.close()


def _reached(page: Page, number: int) -> None:
    page.wait_for_function("n => document.documentElement.dataset.shown == n", arg=str(number), polling=20)


def test_a_changed_sentence_is_marked_where_the_reader_was(live: Live, screen: Page) -> None:
    report = screen.frame_locator("#web iframe").first
    report.get_by_text("Đoạn thứ 40").scroll_into_view_if_needed()
    before = report.get_by_text("Đoạn thứ 40").bounding_box()
    live.show(
        [
            *SENTENCES[:3],
            "Một đoạn mới.",
            *SENTENCES[3:40],
            SENTENCES[40].replace("các thôn", "mọi thôn"),
            *SENTENCES[41:],
        ]
    )
    _reached(screen, 2)
    after = report.get_by_text("Đoạn thứ 40").bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2
    assert report.locator(".thidua-moi").all_inner_texts() == [
        "Một đoạn mới.", "Đoạn thứ 40: phong trào được duy trì ở mọi thôn.",
    ]  # fmt: skip
    expect(screen.locator("#vua-doi .count")).to_have_text("Vừa đổi 2 chỗ")
    screen.get_by_role("button", name="Chỗ vừa đổi sau").click()
    expect(report.get_by_text("Một đoạn mới.")).to_be_in_viewport()
    assert screen.locator("#in figure.changed").count() == 2
    live.show(
        [
            *SENTENCES[:3],
            "Một đoạn mới.",
            *SENTENCES[4:40],
            SENTENCES[40].replace("các thôn", "mọi thôn"),
            *SENTENCES[41:],
        ]
    )
    _reached(screen, 3)
    assert report.locator(".thidua-bot").all_inner_texts() == ["Một đoạn mới."]


def test_what_is_wrong_stands_over_the_last_good_state_and_goes_when_it_is_mended(live: Live, screen: Page) -> None:
    live.show(
        SENTENCES,
        Fault("10_kinh_te, ô 4", "dòng 1, cột 4: <b>không có</b> «đat»", "Có {đat lua}.\n   ^"),
        Fault("kinh-te.xlsx, trang «Chỉ tiêu», ô E2", "chữ. Cần: một số."),
    )
    alert = screen.get_by_role("alert")
    expect(alert).to_contain_text("2 lỗi cần sửa; bên dưới là bản gần nhất lập được")
    expect(alert.locator("pre")).to_have_text("Có {đat lua}.\n   ^")
    expect(alert).to_contain_text("ô 4: dòng 1, cột 4: <b>không có</b> «đat»")
    expect(screen.frame_locator("#web iframe").get_by_text("Đoạn thứ 1:")).to_be_visible()
    assert violations(screen, but=["iframe"]) == []
    live.show(SENTENCES)
    expect(alert).to_be_hidden()
    expect(screen.get_by_role("status")).to_contain_text("Đã cập nhật lúc")


def test_a_note_that_a_save_brought_is_called_new_where_the_page_itself_is_as_before(live: Live, screen: Page) -> None:
    box = screen.locator("#luu-y summary")
    expect(box).to_have_text("2 điều lưu ý")
    live.show(SENTENCES, notes=("bảng không in…", "10_kinh_te: không có mã «luaa»"))
    expect(box).to_have_text("3 điều lưu ý, 1 điều mới")
    box.click()
    assert screen.locator("#luu-y li.changed").all_inner_texts() == ["10_kinh_te: không có mã «luaa»."]
    assert violations(screen, but=["iframe"]) == []
    live.show(SENTENCES, judged="Còn 1 lỗi.")
    expect(box).to_have_text("2 điều lưu ý, 1 điều mới")


def test_it_opens_at_the_section_that_is_written_and_fits_a_phone(live: Live, screen: Page) -> None:
    screen.goto("about:blank")
    screen.set_viewport_size({"width": 390, "height": 844})
    screen.goto(f"{live.server.address}#muc=10_kinh_te")
    _reached(screen, 1)
    expect(screen.locator("#in")).to_be_hidden()
    assert screen.evaluate("document.documentElement.scrollWidth") == 390
    screen.get_by_role("button", name="Trang in").click()
    expect(screen.locator("#web")).to_be_hidden()
    screen.evaluate("location.hash = '#muc=khong_co'")
    expect(screen.get_by_role("status")).to_have_text("Báo cáo kỳ này chưa có mục khong_co")
    screen.evaluate("location.hash = '#muc=10_kinh_te'")
    expect(screen.get_by_role("img", name="Trang 2")).to_be_in_viewport()


def test_only_who_knows_the_token_reads(live: Live) -> None:
    live.show(SENTENCES)
    address = f"http://127.0.0.1:{live.server.port}"
    for path in ("/", "/bao-cao.html", "/su-kien", "/trang/0.svg", "/?token=khac"):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address + path, timeout=20)
    asked = urllib.request.Request(f"{address}/bao-cao.html", headers={"Authorization": f"token {live.server.token}"})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        assert "Đoạn thứ 1:" in answer.read().decode()
