// The table as it stands on the screen. Drawn once and then changed in place, cell by cell, so that nobody who types
// loses a letter, the caret or the place. All that comes from people is put in as text, never as HTML.

const made = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
};

const put = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

const mark = (element, name, value) => {
  if (!value) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};

const filled = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

const counted = ([one, many], n) => filled(n === 1 ? one : many, { n });

const sameText = (one, other) => one.replace(/\r\n?/g, "\n") === other.replace(/\r\n?/g, "\n");

const frameOf = ({ columns, words, caption }) =>
  JSON.stringify([columns.map((column) => ({ ...column, suggestions: Boolean(column.suggestions) })), words, caption]);

function suggest(list, values = []) {
  const there = list && [...list.children].map((option) => option.value);
  if (!list || JSON.stringify(there) === JSON.stringify(values)) return;
  list.replaceChildren(...values.map((value) => made("option", { value })));
}

const FIRST = 5;  // columns that a phone shows until all are asked for
const WORTH_FOLDING = 3;  // columns: fewer than these are not folded away

class Sheet {
  constructor(root) {
    this.root = root;  // the shadow root that the grid lies in
    this.rows = new Map();  // id -> row, as they stand on the screen
    this.order = [];  // their ids, from top to bottom
    this.drawnWith = "";
    this.count = 0;  // of ids within the root
  }

  // Whether the table has to be made anew: with other columns, or in another language.
  isOther(data) {
    return this.drawnWith !== frameOf(data);
  }

  build(data) {
    const { words } = data;
    this.drawnWith = frameOf(data);
    this.rows.clear();
    this.order = [];
    const few = data.columns.length < FIRST + WORTH_FOLDING;
    this.columns = data.columns.map((column, place) => ({
      ...column, later: !few && place >= FIRST, helpId: this.id(), list: column.suggestions && made("datalist", { id: this.id() }),
    }));
    const corner = made("th", { scope: "col", class: "number" }, made("span", { class: "unseen" }, words.row));
    const head = made("tr", {}, corner);
    for (const [place, column] of this.columns.entries()) {
      const name = made("th", { scope: "col", class: classOf(column) }, column.label);
      if (column.required) name.append(made("span", { class: "aside" }, words.required));
      if (column.help) name.append(made("span", { class: "aside", id: column.helpId }, column.help));
      name.style.setProperty("--letters", lettersOf(column, data.rows, place, words));
      head.append(name);
    }
    head.append(made("th", { scope: "col", class: "actions" }, made("span", { class: "unseen" }, words.actions)));
    const keys = words.keys && made("p", { class: "keys", id: this.id() }, words.keys);
    this.body = made("tbody");
    this.region = made(
      "div", { class: "region", role: "region", tabindex: "0", "aria-label": data.caption, "aria-describedby": keys?.id },
      made("table", {}, made("caption", { class: "unseen" }, data.caption), made("thead", {}, head), this.body),
    );
    this.add = made("button", { type: "button", class: "add" }, words.add);
    this.told = made("p", { class: "told", role: "status" });
    this.undo = made("button", { type: "button", class: "quiet", hidden: true }, words.undo_paste);
    this.heard = made("p", { class: "unseen", role: "status" });
    const below = made("div", { class: "below" }, this.add, this.told, this.undo);
    const lists = this.columns.flatMap(({ list }) => list ?? []);
    const all = filled(words.all_columns, { n: this.columns.length });
    this.all = made("button", { type: "button", class: "all", hidden: few }, all);
    this.grid?.remove();
    this.grid = made("div", { class: "grid" }, this.all, this.region, ...lists, below, keys ?? "", this.heard);
    this.root.append(this.grid);
    this.showAll(Boolean(this.whole));
  }

  // On a phone: all columns, or the first ones alone. What is wrong stands below its row, and in sight.
  showAll(whole = true) {
    this.whole = whole;
    this.grid.classList.toggle("brief", !whole);
    mark(this.all, "aria-pressed", String(whole));
  }

  id() {
    return `g${++this.count}`;
  }

  // Draws what the server says, with what it has not heard yet laid over it. `busy`: the cell in which somebody is
  // typing what is in no list yet, whose row stays whatever comes.
  update(data, overlay, busy) {
    this.words = data.words;
    data.columns.forEach(({ suggestions }, place) => suggest(this.columns[place].list, suggestions));
    const said = data.rows.map((row) => [row, overlay.get(row.id)]);
    const known = new Set(data.rows.map((row) => row.id));
    for (const [id, over] of overlay) {
      if (over.added && !known.has(id)) said.push([{ id, number: "", new: true, cells: [] }, over]);
    }
    const wanted = new Set(said.map(([row]) => row.id));
    for (const [id, row] of this.rows) {
      if (wanted.has(id) || row === busy?.row) continue;
      row.element.remove();
      row.problems.element.remove();
      this.rows.delete(id);
    }
    for (const [row, over] of said) this.draw(row, over, busy);
    this.arrange(said.map(([row]) => row.id));
  }

  // Only rows out of their place are moved: to be moved takes the focus from whoever types.
  arrange(ids) {
    const focused = this.root.activeElement;
    const [from, to, writing] = [focused?.selectionStart, focused?.selectionEnd, focused?.cell?.writing];
    let next = this.body.firstElementChild;
    for (const id of ids) {
      const { element, problems } = this.rows.get(id);
      for (const line of [element, problems.element]) {
        if (line === next) next = next.nextElementSibling;
        else this.body.insertBefore(line, next);
      }
    }
    this.order = [...this.body.children].map((element) => element.dataset.row).filter(Boolean);
    if (focused && this.root.activeElement !== focused && focused.isConnected) {
      focused.focus({ preventScroll: true });
      if (from !== null && from !== undefined) focused.setSelectionRange(from, to);
      if (focused.cell) focused.cell.writing = writing;
    }
  }

  makeRow(id) {
    const row = { id, cells: [] };
    row.number = made("span");
    row.badge = made("span", { class: "badge" });
    row.button = made("button", { type: "button", class: "quiet" });
    row.element = made("tr", { "data-row": id }, made("th", { scope: "row", class: "number" }, row.number));
    row.problems = new Problems(this.columns.length + 2);
    for (const [place, column] of this.columns.entries()) {
      const cell = { row, column, place, text: "", server: { text: "" }, noteId: this.id() };
      cell.parts = ["changed", "read"].map((name) => made("span", { class: name }));
      cell.note = made("div", { class: "note", id: cell.noteId }, ...cell.parts);
      cell.element = made("td", { class: classOf(column) });
      this.makeInput(cell, Boolean(column.long));
      cell.element.append(cell.input, cell.note);
      row.element.append(cell.element);
      row.cells.push(cell);
    }
    row.element.append(made("td", { class: "actions" }, row.button, row.badge));
    this.rows.set(id, row);
    return row;
  }

  // A line to write in; an area where the text has lines, which an input would take away without a word.
  makeInput(cell, area) {
    const { column } = cell;
    cell.input = made(area ? "textarea" : "input", {
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: column.long ? "true" : "false",
      ...(area ? { rows: "1" } : { type: "text", list: column.list?.id }),
      "aria-required": column.required && "true",
    });
    cell.input.cell = cell;
  }

  draw(said, over, busy) {
    const row = this.rows.get(said.id) ?? this.makeRow(said.id);
    const { words } = this;
    row.removed = over?.removed ?? Boolean(said.removed);
    row.shown = String(said.number ?? "");
    put(row.number, row.shown);
    put(row.badge, row.removed ? words.removed : said.new ? words.new : "");
    row.element.classList.toggle("removed", row.removed);
    put(row.button, row.removed ? words.undo : words.remove);
    row.cells.forEach((cell, place) => {
      mark(cell.input, "aria-label", filled(words.cell, { column: cell.column.label, row: row.shown || words.new }));
      const told = said.cells[place] ?? "";
      const [text, read = "", problem = "", hint = ""] = typeof told === "string" ? [told] : told;
      cell.server = { text, read, problem, hint };
      cell.waits = over?.texts[cell.column.name];
      cell.changed = cell.waits !== undefined || Boolean(said.changed?.includes(cell.column.name));
      cell.fixed = Boolean(said.fixed?.includes(cell.column.name));
      // What somebody has in hand is theirs until they leave it, and a text that is too long until it is shorter.
      if (cell !== busy && cell.input !== this.root.activeElement && !cell.own) this.setText(cell, cell.waits ?? text);
      cell.input.readOnly = row.removed || cell.fixed;
      this.note(cell);
    });
    mark(row.button, "aria-label", filled(row.removed ? words.undo_row : words.remove_row, { row: this.nameOf(row) }));
  }

  // A row as it is spoken of: its number, and what stands first in it.
  nameOf(row) {
    return [row.shown || this.words.new, row.cells[0]?.text.slice(0, 60)].filter(Boolean).join(": ");
  }

  setText(cell, text) {
    const lines = /[\r\n]/.test(text);
    if (lines && cell.input.tagName === "INPUT") {
      const [old, focused] = [cell.input, cell.input === this.root.activeElement];
      this.makeInput(cell, true);
      cell.input.readOnly = old.readOnly;
      mark(cell.input, "aria-label", old.getAttribute("aria-label"));
      old.replaceWith(cell.input);
      if (focused) cell.input.focus({ preventScroll: true });
    }
    if (!sameText(cell.input.value, text)) cell.input.value = text;
    cell.text = text;  // what is kept, or on its way; cell.shown as the field gives it back
    cell.shown = cell.input.value;
    const long = text.length > 24 ? text : "";
    if (cell.input.title !== long) cell.input.title = long;
    fit(cell.input);
  }

  // What is said of a text stands beside that text and no other.
  note(cell) {
    const { words } = this;
    const { server } = cell;
    const stale = !cell.own && !sameText(cell.input.value, server.text);
    const problem = cell.own ?? server.problem;
    const read = server.read && filled(words.read_as, { value: server.read });
    const texts = [cell.changed ? words.changed : "", cell.own ? "" : read];
    if (!stale) cell.parts.forEach((part, place) => put(part, texts[place]));
    cell.row.problems.tell(cell, problem, cell.own ? "" : server.hint, stale);
    cell.row.problems.show(cell.row.removed);
    cell.element.classList.toggle("stale", stale);
    cell.element.classList.toggle("changed", cell.changed);
    const wrong = Boolean(problem) && !stale;
    cell.element.classList.toggle("wrong", wrong);
    if (wrong && cell.column.later && !this.whole) this.showAll();
    mark(cell.input, "aria-invalid", wrong && "true");
    mark(cell.input, "aria-describedby", described(cell, stale));
  }
}

const classOf = ({ numeric, later }) => [numeric && "numeric", later && "later"].filter(Boolean).join(" ") || undefined;

const described = (cell, stale) => [
  cell.column.help && cell.column.helpId,
  !stale && cell.note.textContent && cell.noteId,
  !stale && cell.line?.hidden === false && cell.line.id,
].filter(Boolean).join(" ");

// A column's width in letters, from what stands in it when the table is drawn, within reason.
function lettersOf(column, rows, place, words) {
  const longest = (texts, most) => Math.min(Math.max(0, ...texts.map((text) => text.length)), most);
  const cells = rows.map((row) => [row.cells[place]].flat());
  const readings = cells.map(([, read]) => (read ? filled(words.read_as, { value: read }) : ""));
  const word = longest(column.label.split(/[\s-]/), 20);
  const suggested = column.suggestions ? longest(column.suggestions, 22) + 3 : 0;  // with the arrow beside it
  const written = longest(cells.map(([text]) => text), column.long ? 44 : 26);
  const helped = Math.min(Math.ceil((column.help ?? "").length / 3), 24);  // on three lines: the head is all columns' height
  return Math.max(column.long ? 30 : 10, word, written, longest(readings, 26), suggested, helped);
}

const GROWS = CSS.supports("field-sizing", "content");

function fit(area) {
  if (GROWS || area.tagName !== "TEXTAREA") return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}
