// The table of figures: search as one types, sort by a column, and be found by «#so=<id>».
(function () {
  var table = document.getElementById("bang-so-lieu"), body = table.tBodies[0], rows = Array.from(body.rows);
  var input = document.getElementById("tim"), count = document.getElementById("dem");
  var plain = function (s) { return s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase(); };
  var texts = rows.map(function (r) { return plain(r.textContent); });
  function filter() {
    var words = plain(input.value).split(/\s+/).filter(Boolean), shown = 0;
    rows.forEach(function (r, k) {
      r.hidden = !words.every(function (w) { return texts[k].indexOf(w) >= 0; });
      shown += !r.hidden;
    });
    count.textContent = words.length ? shown + " số liệu" : "";
  }
  input.addEventListener("input", filter);
  Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
    head.firstElementChild.addEventListener("click", function () {
      var up = head.getAttribute("aria-sort") !== "ascending";
      Array.from(head.parentNode.cells).forEach(function (h) { h.setAttribute("aria-sort", "none"); });
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      var key = function (r) { var c = r.cells[column]; return "sort" in c.dataset ? parseFloat(c.dataset.sort) : c.textContent; };
      rows.slice().sort(function (a, b) {
        var x = key(a), y = key(b);
        var order = typeof x === "number" ? (isNaN(x) ? -Infinity : x) - (isNaN(y) ? -Infinity : y) : x.localeCompare(y, "vi");
        return (up ? 1 : -1) * (order || 0);
      }).forEach(function (r) { body.append(r); });
    });
  });
  function follow() {
    var match = /^#so=(.+)$/.exec(location.hash);
    var row = match && document.getElementById("so-" + decodeURIComponent(match[1]));
    rows.forEach(function (r) { r.classList.remove("target"); });
    if (!row) return;
    input.value = "";
    filter();
    row.classList.add("target");
    row.scrollIntoView({ block: "center" });
    row.querySelector("a").focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", follow);
  follow();
})();
