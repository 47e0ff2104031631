// The card of a number or of a text from a workbook: formula, inputs, findings, and the sheet at the very cell.
(function () {
  var figures = JSON.parse(document.getElementById("so-lieu").textContent);
  var findings = JSON.parse(document.getElementById("phat-hien").textContent);
  var names = { error: "Lỗi", warning: "Cảnh báo", note: "Ghi nhận" };
  var card = document.getElementById("the-so-lieu"), about = card.querySelector(".about"), body = card.querySelector(".body");
  var submitted = card.querySelector(".submitted"), grid = card.querySelector(".grid"), where = card.querySelector(".where");
  var opener = null, cells = [];

  function el(tag, text, name) {
    var e = document.createElement(tag);
    if (text) e.textContent = text;
    if (name) e.className = name;
    return e;
  }
  function value(f) { return f.v + (f.u ? (f.u === "%" ? "" : " ") + f.u : ""); }
  function lacking(f) {
    var told = [];
    if (f.o) told.push("Riêng số liệu của " + f.o.length + " đơn vị: " + f.o.join(", ") + ".");
    if (f.k) told.push("Chưa có số liệu của " + f.k.length + " đơn vị: " + f.k.join(", ") + ".");
    return told.join(" ");
  }
  function words(s) { return s[0] + " › " + s[1] + " › ô " + s[2]; }
  function unlike(id, k, ids) { return ids.indexOf(id) === k && figures[id]; }
  // The place of a cell: a button where the page has its sheet.
  function placed(s) {
    if (!thidua.hasSheet(s)) return el("span", words(s), "place");
    var button = el("button", words(s), "place");
    button.type = "button";
    button.dataset.place = s.join("|");
    button.addEventListener("click", function () { show(s); });
    return button;
  }
  function show(s) {
    where.textContent = words(s);
    submitted.hidden = false;
    thidua.showCell(grid, s, cells);
    body.querySelectorAll("button.place").forEach(function (b) {
      if (b.dataset.place === s.join("|")) b.setAttribute("aria-current", "true");
      else b.removeAttribute("aria-current");
    });
  }
  function formula(f) {
    // The longest ids first, so that one id inside another is not replaced.
    var ids = f.i.slice().sort(function (a, b) { return b.length - a.length; }), text = f.f;
    ids.forEach(function (id, k) { text = text.split(id).join("\u0001" + k + "\u0002"); });
    return text.replace(/\u0001(\d+)\u0002/g, function (_, k) { return figures[ids[k]].v; });
  }
  function tree(id) {
    var f = figures[id], item = el("li");
    item.append(el("span", (f.l || id) + ": "), el("strong", value(f)));
    if (f.s) item.append(" ", placed(f.s));
    else if (f.w) item.append(el("span", " — " + f.w, "place"));
    if (f.f) item.append(el("div", "= " + formula(f), "formula"));
    if ((f.k || f.o) && !f.s) item.append(el("div", lacking(f), "place"));
    if (f.i && f.i.length) item.append(list(f.i));
    return item;
  }
  function list(ids) {
    var ul = el("ul");
    ids.filter(unlike).forEach(function (id) { ul.append(tree(id)); });
    return ul;
  }
  function sources(id) {
    var f = figures[id];
    return (f.s ? [f.s] : []).concat.apply(f.s ? [f.s] : [], (f.i || []).filter(unlike).map(sources));
  }
  function told(concerns) {
    findings.filter(concerns).forEach(function (x) {
      var p = el("p", "", "finding " + x.severity);
      p.append(el("strong", names[x.severity] + ": "), x.message + ".");
      if (x.cause) p.append(" Có thể do: " + x.cause + ".");
      if (x.accepted) p.append(" Đã chấp nhận: " + x.accepted_why + ".");
      x.cells.forEach(function (c) { p.append(" ", placed(c.split("|"))); });
      body.append(p);
    });
  }
  function ofNumber(id) {
    var f = figures[id];
    cells = sources(id);
    var own = cells.map(function (s) { return s.join("|"); });
    body.append(el("p", value(f), "value"));
    if (f.k || f.o) body.append(el("p", lacking(f)));
    if (f.s) { var p = el("p"); p.append(placed(f.s)); body.append(p); }
    if (f.f) body.append(el("p", "= " + formula(f), "formula"), el("p", "Tính từ:", "lead"), list(f.i));
    if (f.w) body.append(el("p", f.w));
    told(function (x) {
      return x.figures.indexOf(id) >= 0 || (f.f && x.cells.length && own.indexOf(x.cells[0]) >= 0);
    });
    if (f.m && card.dataset.review) body.append(further(id, f));
    body.append(el("p", "Mã số liệu: " + id, "id"));
    return f.l || id;
  }
  function further(id, f) {
    var p = el("p", "", "more"), link = el("a", "Xem ô tính trong notebook"), all = el("a", "Xem trong bảng số liệu");
    link.href = card.dataset.review + f.m + ".html#" + (f.c || "");
    all.href = card.dataset.review + "index.html#so=" + encodeURIComponent(id);
    p.append(link, " · ", all);
    return p;
  }
  function ofText(text) {
    var s = text.dataset.src.split("|"), p = el("p");
    cells = [s];
    p.append(placed(s));
    body.append(el("p", "«" + text.textContent + "»", "quoted"), p);
    told(function (x) { return x.cells.indexOf(text.dataset.src) >= 0; });
    return "Chữ lấy từ biểu";
  }
  function open(mark) {
    opener = mark;
    body.textContent = "";
    submitted.hidden = true;
    card.querySelector("h2").textContent = mark.dataset.fig ? ofNumber(mark.dataset.fig) : ofText(mark);
    card.hidden = false;
    document.documentElement.classList.add("with-card");
    about.scrollTop = 0;
    var first = cells.find(thidua.hasSheet);
    card.classList.toggle("with-sheet", !!first);
    if (first) show(first);
    // The number stays in sight above its card.
    var below = mark.getBoundingClientRect().bottom + 16 - card.getBoundingClientRect().top;
    if (below > 0) window.scrollBy({ top: below, behavior: "instant" });
    card.querySelector(".close").focus({ preventScroll: true });
  }
  function close(back) {
    if (card.hidden) return;
    card.hidden = true;
    document.documentElement.classList.remove("with-card");
    if (back && opener) opener.focus({ preventScroll: true });
  }

  thidua.opens = function (mark) { return mark.dataset.fig ? !!figures[mark.dataset.fig] : thidua.hasSheet(mark.dataset.src.split("|")); };
  thidua.open = open;
  card.querySelector(".close").addEventListener("click", function () { close(true); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") close(true); });
  document.addEventListener("click", function (event) {
    if (!card.hidden && !event.target.closest("#the-so-lieu, .traced")) close(false);
  });
  // The review pages link to a number by «#so=<id>».
  function follow() {
    var match = /^#so=(.+)$/.exec(location.hash);
    if (!match) return;
    var id = decodeURIComponent(match[1]);
    var found = Array.prototype.find.call(document.querySelectorAll("data.fig[data-fig]"), function (n) {
      return n.dataset.fig === id;
    });
    if (!found) return;
    found.scrollIntoView({ block: "center", behavior: "instant" });
    open(found);
  }
  window.addEventListener("hashchange", follow);
  thidua.follow = follow;
})();
