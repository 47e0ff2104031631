// Tables that are sorted by a column's button, and narrowed down by the fields of the form that stands before them.
(function () {
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  }

  function key(row, column) {
    var cell = row.cells[column], number = parseFloat(cell.dataset.sort);
    return "sort" in cell.dataset ? (isNaN(number) ? null : number) : cell.textContent.trim() || null;
  }

  // What has no value stands last, whichever way the others are sorted.
  function compare(x, y, sign) {
    if (x === null || y === null) return (x === null) - (y === null);
    return sign * (typeof x === "number" ? x - y : x.localeCompare(y, "vi"));
  }

  function sort(table, head) {
    var up = head.getAttribute("aria-sort") !== "ascending", column = head.cellIndex;
    head.parentNode.querySelectorAll("[aria-sort]").forEach(function (other) { other.setAttribute("aria-sort", "none"); });
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    Array.from(table.tBodies[0].rows)
      .map(function (row) { return [key(row, column), row]; })
      .sort(function (a, b) { return compare(a[0], b[0], up ? 1 : -1); })
      .forEach(function (found) { table.tBodies[0].append(found[1]); });
  }

  document.querySelectorAll("table.sortable").forEach(function (table) {
    table.querySelectorAll("th button").forEach(function (button) {
      button.addEventListener("click", function () { sort(table, button.closest("th")); });
    });
  });

  document.querySelectorAll("form.filters").forEach(function (form) {
    var table = document.getElementById(form.dataset.table), rows = Array.from(table.tBodies[0].rows);
    var texts = new Map(), count = form.querySelector("output");
    rows.forEach(function (row) { texts.set(row, plain(row.textContent)); });

    // A row has the chosen value among those of its attribute of the field's name.
    function fits(row, field) {
      if (field.type === "search") {
        return plain(field.value).split(/\s+/).every(function (word) { return texts.get(row).includes(word); });
      }
      return !field.value || (row.dataset[field.name] || "").split(" ").includes(field.value);
    }

    function narrow() {
      var fields = Array.from(form.elements).filter(function (field) { return field.name; }), shown = 0;
      rows.forEach(function (row) {
        row.hidden = !fields.every(function (field) { return fits(row, field); });
        shown += !row.hidden;
      });
      count.textContent = shown === rows.length ? rows.length + " dòng" : shown + "/" + rows.length + " dòng";
    }

    form.addEventListener("input", narrow);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(narrow); });
    narrow();
  });

  // A link such as a count in an overview sets the fields of a form, and leads to its table.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-narrow]");
    if (!link) return;
    var form = document.getElementById(link.dataset.form), wanted = new URLSearchParams(link.dataset.narrow);
    Array.from(form.elements).forEach(function (field) { if (field.name) field.value = wanted.get(field.name) || ""; });
    form.dispatchEvent(new Event("input"));
  });
})();
