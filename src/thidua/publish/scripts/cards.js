// A click, a tap, Enter or Space on a number opens its card: formula, inputs, cells, findings.
(function () {
  var data = document.getElementById("so-lieu");
  if (!data) return;
  var figures = JSON.parse(data.textContent), findings = JSON.parse(document.getElementById("phat-hien").textContent);
  var names = { error: "Lỗi", warning: "Cảnh báo", note: "Ghi nhận" };
  var card = document.getElementById("the-so-lieu"), opener = null;
  var numbers = document.querySelectorAll("data.fig[data-fig]");
  var flagged = {};
  findings.forEach(function (f) { f.figures.forEach(function (id) { flagged[id] = f.severity; }); });

  numbers.forEach(function (n) {
    if (!figures[n.dataset.fig]) return;
    n.tabIndex = 0;
    n.setAttribute("role", "button");
    n.setAttribute("aria-haspopup", "dialog");
    if (flagged[n.dataset.fig]) n.classList.add("flagged");
  });

  function el(tag, text, name) {
    var e = document.createElement(tag);
    if (text) e.textContent = text;
    if (name) e.className = name;
    return e;
  }
  function value(f) { return f.v + (f.u ? (f.u === "%" ? "" : " ") + f.u : ""); }
  function place(s) { return s[0] + " › " + s[1] + " › ô " + s[2]; }
  function formula(f) {
    var text = f.f;
    // The longest ids first, so that one id inside another is not replaced.
    f.i.slice().sort(function (a, b) { return b.length - a.length; }).forEach(function (id, k) {
      text = text.split(id).join("\u0001" + k + "\u0002");
    });
    var sorted = f.i.slice().sort(function (a, b) { return b.length - a.length; });
    return text.replace(/\u0001(\d+)\u0002/g, function (_, k) { return figures[sorted[k]].v; });
  }
  function tree(id) {
    var f = figures[id], item = el("li");
    item.append(el("span", (f.l || id) + ": "), el("strong", value(f)));
    if (f.s) item.append(el("span", " — " + place(f.s), "place"));
    else if (f.w) item.append(el("span", " — " + f.w, "place"));
    if (f.f) item.append(el("div", "= " + formula(f), "formula"));
    if (f.i && f.i.length) item.append(list(f.i));
    return item;
  }
  function list(ids) {
    var ul = el("ul");
    ids.filter(function (id, k) { return ids.indexOf(id) === k && figures[id]; }).forEach(function (id) { ul.append(tree(id)); });
    return ul;
  }
  function cells(id) {
    var f = figures[id];
    return (f.s ? [f.s.join("|")] : []).concat.apply(f.s ? [f.s.join("|")] : [], (f.i || []).map(cells));
  }
  function open(number) {
    var id = number.dataset.fig, f = figures[id];
    opener = number;
    card.querySelector("h2").textContent = f.l || id;
    var body = card.querySelector(".body");
    body.textContent = "";
    body.append(el("p", value(f), "value"));
    if (f.s) body.append(el("p", place(f.s), "place"));
    if (f.f) {
      body.append(el("p", "= " + formula(f), "formula"), el("p", "Tính từ:", "lead"), list(f.i));
    }
    if (f.w) body.append(el("p", f.w));
    var own = cells(id);
    findings.forEach(function (x) {
      var about = x.figures.indexOf(id) >= 0 || (f.f && x.cells.length && own.indexOf(x.cells[0]) >= 0);
      if (!about) return;
      var p = el("p", "", "finding " + x.severity);
      p.append(el("strong", names[x.severity] + ": "), x.message + ".");
      if (x.cause) p.append(" Có thể do: " + x.cause + ".");
      if (x.accepted) p.append(" Đã chấp nhận: " + x.accepted_why + ".");
      body.append(p);
    });
    var review = el("p", "", "more");
    if (f.m && card.dataset.review) {
      var link = el("a", "Xem ô tính trong notebook");
      link.href = card.dataset.review + f.m + ".html#" + (f.c || "");
      review.append(link, " · ");
      var all = el("a", "Xem trong bảng số liệu");
      all.href = card.dataset.review + "index.html#so=" + encodeURIComponent(id);
      review.append(all);
    }
    body.append(review, el("p", "Mã số liệu: " + id, "id"));
    card.hidden = false;
    place_card(number);
    card.querySelector(".close").focus();
  }
  function place_card(number) {
    var box = number.getBoundingClientRect(), width = card.offsetWidth, height = card.offsetHeight;
    var left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
    var below = box.bottom + 6 + height < window.innerHeight || box.top < height;
    card.style.left = left + window.scrollX + "px";
    card.style.top = (below ? box.bottom + 6 : box.top - height - 6) + window.scrollY + "px";
  }
  function close() {
    if (card.hidden) return;
    card.hidden = true;
    if (opener) opener.focus();
  }
  document.addEventListener("click", function (event) {
    var number = event.target.closest("data.fig[role=button]");
    if (number && !card.contains(number)) return open(number);
    if (event.target.closest(".close") || !card.contains(event.target)) close();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") return close();
    if ((event.key === "Enter" || event.key === " ") && event.target.matches("data.fig[role=button]")) {
      event.preventDefault();
      open(event.target);
    }
  });
  // The review pages link to a number by «#so=<id>».
  function follow() {
    var match = /^#so=(.+)$/.exec(location.hash);
    if (!match) return;
    var id = decodeURIComponent(match[1]);
    var found = Array.prototype.find.call(numbers, function (n) { return n.dataset.fig === id; });
    if (found) { found.scrollIntoView({ block: "center" }); found.focus({ preventScroll: true }); open(found); }
  }
  window.addEventListener("hashchange", follow);
  follow();
})();
