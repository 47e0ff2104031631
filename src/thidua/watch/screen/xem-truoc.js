// The preview follows the drafts that its server tells of. The report's page is loaded behind the one that is shown and
// takes its place when it is ready, so that what the reader sees is the page as it will be, and never a blank one.
(function () {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const web = $("web"), paper = $("in"), status = $("tinh-trang"), faults = $("loi"), changes = $("vua-doi");
  let shown = null, loading = null, told = null, marked = [], at = -1;
  let onWeb = section(), onPaper = onWeb, absent = "";

  // #muc=10_kinh_te: the section that is being written.
  function section() { return decodeURIComponent((/^#muc=(.+)$/.exec(location.hash) || ["", ""])[1]); }
  function el(tag, text, name) {
    const e = document.createElement(tag);
    if (text) e.textContent = text;
    if (name) e.className = name;
    return e;
  }

  // --- the report's page
  function load(number) {
    if (loading) loading.frame.remove();
    const frame = el("iframe", "", "coming");
    frame.title = "Báo cáo";
    loading = { frame: frame, number: number };
    frame.addEventListener("load", () => { if (loading && loading.frame === frame) take(frame, number); });
    frame.src = "bao-cao.html?n=" + number;
    web.append(frame);
  }
  function take(frame, number) {
    const window = frame.contentWindow, after = vuaDoi.blocks(window.document);
    if (shown) {
      vuaDoi.restore(shown.frame.contentWindow, shown.blocks, after, window);
      marked = vuaDoi.mark(shown.blocks, after, window);
    }
    frame.classList.remove("coming");
    if (shown) shown.frame.remove();
    shown = { frame: frame, number: number, blocks: after };
    loading = null;
    at = -1;
    count();
    toSection();
    tell();
    document.documentElement.dataset.shown = number;
    if (window.document.querySelector("figure.chart")) enliven(window.document);
  }
  // Charts come alive once the page is there; the server keeps their library apart.
  function enliven(page) {
    const script = page.createElement("script");
    script.src = "bieu-do.js";
    page.body.append(script);
  }
  // What changed, in the report's page or, where only that is seen, on paper.
  function changed() {
    return getComputedStyle(web).display === "none" ? Array.from(paper.querySelectorAll(".changed")) : marked;
  }
  function count() {
    const places = changed();
    changes.hidden = !places.length;
    changes.querySelector(".count").textContent = "Vừa đổi " + (at < 0 ? "" : at + 1 + "/") + places.length + " chỗ";
  }
  function step(by) {
    const places = changed();
    at = at < 0 ? (by > 0 ? 0 : places.length - 1) : (at + by + places.length) % places.length;
    places[at].scrollIntoView({ block: "center", behavior: "instant" });
    count();
  }
  changes.querySelector(".back").addEventListener("click", () => step(-1));
  changes.querySelector(".on").addEventListener("click", () => step(1));

  // --- the pages of the PDF
  function print(pages) {
    const before = new Set(Array.from(paper.querySelectorAll("figure"), (f) => f.dataset.id)), had = before.size > 0;
    if (pages.map((p) => p.id).join() === Array.from(paper.children, (f) => f.dataset.id).join()) return;
    pages.forEach((page, n) => {
      const figure = paper.children[n] || sheet();
      const isNew = had && !before.has(page.id);
      figure.classList.toggle("changed", isNew);
      figure.querySelector("figcaption").textContent = "Trang " + (n + 1) + "/" + pages.length + (isNew ? ", vừa đổi" : "");
      if (figure.dataset.id === page.id) return;
      figure.dataset.id = page.id;
      const image = figure.querySelector("img");
      image.width = Math.round(page.width);
      image.height = Math.round(page.height);
      image.alt = "Trang " + (n + 1);
      image.src = "trang/" + page.id + ".svg";
    });
    while (paper.children.length > pages.length) paper.lastElementChild.remove();
    document.documentElement.dataset.printed = pages.map((p) => p.id).join(" ");
    count();
    toSection();
  }
  function sheet() {
    const figure = el("figure"), image = el("img");
    image.loading = "lazy";
    image.decoding = "sync";
    figure.append(image, el("figcaption"));
    paper.append(figure);
    return figure;
  }

  // --- the section that is being written: once there, the reader scrolls as he likes
  function toSection() {
    if (onWeb && shown) {
      const page = shown.frame.contentWindow.document;
      const found = page.getElementById(onWeb) || page.getElementById("muc-" + onWeb);
      if (found) found.scrollIntoView({ block: "start", behavior: "instant" });
      else absent = onWeb;
      onWeb = "";
    }
    if (onPaper && told && paper.children.length && Object.keys(told.firstPages).length) {
      const sheet = paper.children[told.firstPages[onPaper]];
      if (sheet) paper.scrollTop = sheet.offsetTop - paper.offsetTop;
      onPaper = "";
    }
  }
  window.addEventListener("hashchange", () => { onWeb = onPaper = section(); absent = ""; toSection(); tell(); });

  // --- what is wrong, what is under way
  function list(items) {
    faults.hidden = !items.length;
    faults.querySelector("h2").textContent = items.length + " lỗi cần sửa" + (shown ? "; bên dưới là bản gần nhất lập được" : "");
    faults.querySelector("ol").replaceChildren(...items.map((fault) => {
      const item = el("li");
      if (fault.place) item.append(el("span", fault.place + ": ", "place"));
      item.append(fault.what);
      if (fault.lines) item.append(el("pre", fault.lines));
      return item;
    }));
  }
  // A note as a sentence; one that begins with the name of a notebook keeps it as it is.
  function sentence(note) {
    const begun = /^\w+:/.test(note) ? note : note.charAt(0).toUpperCase() + note.slice(1);
    return begun + (/[.:!?…]$/.test(note) ? "" : ".");
  }
  // What a save brought stands out: a code that no workbook has leaves nothing on the page that one could see.
  let noted = null, fresh = new Set();
  function notes(judged, said, whole) {
    const box = $("luu-y"), lines = (judged ? [judged] : []).concat(said.map(sentence));
    if (noted && lines.join("\n") !== noted.join("\n")) fresh = new Set(lines.filter((line) => !noted.includes(line)));
    if (whole) noted = lines;
    box.hidden = !lines.length;
    box.classList.toggle("changed", fresh.size > 0);
    box.querySelector("summary").textContent = lines.length + " điều lưu ý" + (fresh.size ? ", " + fresh.size + " điều mới" : "");
    box.querySelector("ul").replaceChildren(...lines.map((line) => el("li", line, fresh.has(line) ? "changed" : "")));
  }
  function tell() {
    if (!told) return;
    status.className = told.faults.length ? "broken" : told.doing ? "working" : "";
    if (told.doing) status.textContent = told.doing + "…";
    else if (told.faults.length) status.textContent = "Chưa cập nhật được, xem lỗi bên dưới";
    else if (absent) status.textContent = "Báo cáo kỳ này chưa có mục " + absent;
    else status.textContent = "Đã cập nhật lúc " + new Date().toLocaleTimeString("vi-VN");
  }
  function follow() {
    const events = new EventSource("su-kien");
    events.addEventListener("message", (event) => {
      told = JSON.parse(event.data);
      $("ky").textContent = told.period;
      if (told.title) document.title = "Xem trước: " + told.title;
      if (told.number && (!shown || told.number !== shown.number) && (!loading || loading.number !== told.number)) load(told.number);
      print(told.pages);
      list(told.faults);
      notes(told.judged, told.notes, Object.keys(told.firstPages).length > 0);
      toSection();
      tell();
    });
    events.addEventListener("error", () => {
      status.className = "broken";
      status.textContent = "Bản xem trước đã dừng. Chạy lại lệnh thidua watch, hoặc bấm lại «Xem trước».";
    });
  }

  // --- one of the two, or both
  function view(name) {
    document.body.dataset.view = name;
    const now = getComputedStyle(paper).display === "none" ? "web" : name;
    document.querySelectorAll("#cach-xem button").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.view === now)));
    at = -1;
    count();
  }
  $("cach-xem").addEventListener("click", (event) => { if (event.target.dataset.view) view(event.target.dataset.view); });
  window.addEventListener("resize", () => view(document.body.dataset.view));
  view("both");
  follow();
})();
