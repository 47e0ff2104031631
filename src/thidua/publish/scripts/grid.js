// A submitted sheet as its department sees it: letters above, row numbers beside, merged cells, the header in view.
window.thidua = window.thidua || {};
(function () {
  var sheets = null;
  function sheet(place) {
    if (!sheets) {
      sheets = {};
      JSON.parse(document.getElementById("bieu-da-nop").textContent).forEach(function (s) { sheets[s.f + "|" + s.t] = s; });
    }
    return sheets[place[0] + "|" + place[1]];
  }
  function letters(n) {
    return n > 26 ? letters(Math.floor((n - 1) / 26)) + String.fromCharCode(65 + (n - 1) % 26) : String.fromCharCode(64 + n);
  }
  function cell(tag, text, name, scope) {
    var c = document.createElement(tag);
    c.textContent = text;
    if (name) c.className = name;
    if (scope) c.scope = scope;
    return c;
  }
  // What each merged range covers: its size at its first cell, nothing at the others. Rows left out do not count.
  function merged(s, numbers) {
    var spans = {};
    (s.m || []).forEach(function (area) {
      var rows = numbers.filter(function (n) { return n >= area[0] && n <= area[2]; });
      if (!rows.length) return;
      var right = Math.min(area[3], s.n), first = rows[0];
      rows.forEach(function (row) {
        for (var c = area[1]; c <= right; c++) spans[row + "," + c] = "covered";
      });
      spans[first + "," + area[1]] = { rows: rows.length, columns: right - area[1] + 1, from: area[0] };
    });
    return spans;
  }
  function build(s, here, also) {
    var table = document.createElement("table"), head = document.createElement("thead"), body = document.createElement("tbody");
    var rows = s.r || [], numbers = filled(rows.map(function (r) { return r[0]; })), texts = {};
    rows.forEach(function (r) { texts[r[0]] = r[1]; });
    var spans = merged(s, numbers), top = document.createElement("tr");
    top.append(cell("td", ""));
    for (var c = 1; c <= s.n; c++) top.append(cell("th", letters(c), c === s.k ? "names" : "", "col"));
    head.append(top);
    var before = 0;
    numbers.forEach(function (number) {
      if (number > before + 1) {
        var gap = document.createElement("tr"), said = cell("td", "không hiện " + (number - before - 1) + " hàng", "gap");
        said.colSpan = s.n + 1;
        gap.append(said);
        body.append(gap);
      }
      before = number;
      var row = document.createElement("tr"), header = s.h && number >= s.h[0] && number <= s.h[1];
      if (header) row.className = "header";
      row.append(cell("th", number, "", "row"));
      for (var c = 1; c <= s.n; c++) {
        var span = spans[number + "," + c];
        if (span === "covered") continue;
        var text = (texts[span ? span.from : number] || [])[c - 1] || "", address = letters(c) + number;
        var name = address === here ? "here" : also.indexOf(address) >= 0 ? "also" : "";
        if (/^[-−]?[\d.\s]+(,\d+)?\s?%?$/.test(text)) name += " num";
        else if (text.length > 40) name += " words";
        if (c === s.k) name += " names";
        var td = cell("td", text, name.trim());
        if (address === here) td.setAttribute("aria-current", "true");
        if (span) { td.rowSpan = span.rows; td.colSpan = span.columns; }
        row.append(td);
      }
      body.append(row);
    });
    table.append(cell("caption", s.f + " › " + s.t, "hidden"), head, body);
    return table;
  }
  // Empty rows between filled ones are rows of the sheet too, where they are few; longer stretches were left out.
  function filled(numbers) {
    var all = [];
    numbers.forEach(function (number) {
      var last = all.length ? all[all.length - 1] : 0;
      if (number - last <= 4) for (var n = last + 1; n < number; n++) all.push(n);
      all.push(number);
    });
    return all;
  }
  // The header stays in view while the rows pass below it, unless it would leave no room for them.
  function hold(box, table) {
    var rows = [table.tHead.rows[0]].concat(Array.prototype.slice.call(table.querySelectorAll("tr.header"))), height = 0;
    var all = rows.reduce(function (sum, row) { return sum + row.offsetHeight; }, 0);
    if (all > box.clientHeight / 2) rows = rows.slice(0, 1);
    rows.forEach(function (row) {
      Array.prototype.forEach.call(row.cells, function (c) { c.classList.add("held"); c.style.top = height + "px"; });
      height += row.offsetHeight;
    });
    return height;
  }
  // How far from the left the columns that stay in view reach: the row numbers, and on a wide screen the rows' names.
  function side(box, table) {
    var corner = table.tHead.rows[0].cells[0].offsetWidth, names = table.querySelectorAll(".names");
    if (!names.length || names[0].offsetWidth > box.clientWidth / 2.5) return corner;
    names.forEach(function (td) { td.classList.add("kept"); td.style.left = corner + "px"; });
    return corner + names[names.length - 1].offsetWidth;
  }
  thidua.hasSheet = function (place) { return !!sheet(place); };
  // Shows in ``box`` the sheet of ``place`` (file, sheet, cell) with its cell in the middle, and other cells marked.
  thidua.showCell = function (box, place, others) {
    var also = others.filter(function (o) { return o[0] === place[0] && o[1] === place[1]; }).map(function (o) { return o[2]; });
    box.textContent = "";
    var table = build(sheet(place), place[2], also);
    box.append(table);
    var height = hold(box, table), left = side(box, table), here = table.querySelector(".here");
    if (!here) return;
    var cell = here.getBoundingClientRect(), room = box.getBoundingClientRect();
    box.scrollTop += cell.top - room.top - height - Math.max(0, box.clientHeight - height - cell.height) / 2;
    box.scrollLeft += cell.left - room.left - left - Math.max(0, box.clientWidth - left - cell.width) / 2;
  };
})();
