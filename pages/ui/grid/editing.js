// What people do in the table: type, go about, paste, remove and add rows. What is done is in the outbox at once.

const PAUSE = 700;  // milliseconds without a key until a text is on its way, as in the forms
const HOLD = 1500;  // at most, that nothing is drawn while a button is pressed
const PATIENCE = [3_000, 60_000];  // until what is not answered is sent again, and again
const QUIET = 400;  // without a run, until what was typed in a grid that is gone is sent

class Editing {
  constructor(root) {
    this.sheet = new Sheet(root);
    this.root = root;
    this.listeners = new AbortController();
    this.pasting = new Pasting(this);
    const { signal } = this.listeners;
    this.selecting = new Selecting(root, signal);
    this.keys = new Keys(this);
    const handled = ["input", "focusin", "focusout", "click"];
    for (const kind of handled) root.addEventListener(kind, (event) => this[kind](event), { signal });
    root.addEventListener("paste", (event) => this.pasting.paste(event), { signal });
    root.addEventListener("keydown", (event) => this.keys.press(event), { signal });
    // The answer to what was just typed would move the button that is being pressed, and the press would be lost: what
    // a press takes the focus from is sent when it is let go, together with what the button does.
    addEventListener("pointerdown", () => this.hold(), { signal, capture: true });
    for (const kind of ["pointerup", "pointercancel", "dragend"]) {
      addEventListener(kind, () => this.release(), { signal, capture: true });
    }
    addEventListener("pagehide", () => this.commitAll(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.commitAll(), { signal });
    this.unheard = { send: () => this.sendAll(), waits: () => this.outbox.list.length > 0 };
    window.kdUnheard.add(this.unheard);
  }

  // What the server says, at each run of the script that says something new.
  say(data, send) {
    this.outbox = Outbox.of(data.key);
    this.outbox.send = send;
    this.data = data;
    const refused = this.outbox.heard(data);
    this.remind();
    this.draw();
    const texts = refused.flatMap(textsOf).filter(Boolean);
    if (texts.length) this.tell(filled(this.words.refused, { texts: this.listed(texts) }));
  }

  get words() {
    return this.data.words;
  }

  draw() {
    if (this.held) {
      this.later = true;
      return;
    }
    this.later = false;
    const { activeElement } = this.root;
    const busy = activeElement?.cell && this.dirty(activeElement.cell) ? activeElement.cell : undefined;
    if (this.sheet.isOther(this.data)) this.drawAnew(activeElement);
    else this.sheet.update(this.data, this.outbox.overlay(), busy);
    this.announce();
  }

  // With other columns or in another language: what is typed is kept, and whoever types goes on where they were.
  drawAnew(focused) {
    this.commitAll();
    const [from, to, writing] = [focused?.selectionStart, focused?.selectionEnd, focused?.cell?.writing];
    this.sheet.build(this.data);
    this.sheet.update(this.data, this.outbox.overlay());
    const row = this.sheet.rows.get(focused?.cell?.row.id);
    const input = row?.cells.find(({ column }) => column.name === focused.cell.column.name)?.input;
    if (!input) return;
    input.focus({ preventScroll: true });
    input.setSelectionRange(from, to);
    input.cell.writing = writing;
  }

  hold() {
    this.held = true;
    clearTimeout(this.holding);
    this.holding = setTimeout(() => this.release(), HOLD);
  }

  release() {
    clearTimeout(this.holding);
    this.held = false;
    if (this.unposted) this.post();
    this.holding = setTimeout(() => this.later && this.draw());  // when the click has come to its button
  }

  post() {
    this.unposted = this.held;
    if (this.held) this.outbox.store();
    else this.outbox.post();
    this.remind();
  }

  // What was sent while the line was down is not sent again by Streamlit. A run that is under way is left alone: it
  // would begin again, and a slow one would never come to its end.
  remind(patience = PATIENCE[0]) {
    clearTimeout(this.reminding);
    if (!this.outbox.list.length) return;
    this.reminding = setTimeout(() => {
      const idle = isIdle();
      if (idle && this.outbox.list.length) this.outbox.post();
      this.remind(idle ? Math.min(2 * patience, PATIENCE[1]) : patience);
    }, patience);
  }

  tell(...texts) {
    this.sheet.told.textContent = texts.filter(Boolean).join(" ");
    this.sheet.undo.hidden = true;
  }

  // Says aloud what is wrong with a text that was just written, when the server has read it.
  announce() {
    const wrong = [];
    for (const cell of this.awaited ?? []) {
      if (!cell.input.isConnected || (cell.waits === undefined && sameText(cell.server.text, cell.text))) {
        this.awaited.delete(cell);
        if (cell.server.problem) wrong.push(`${cell.input.ariaLabel}: ${cell.server.problem}`);
      }
    }
    if (wrong.length) this.sheet.heard.textContent = wrong.slice(0, 3).join(" ");
  }

  // --- typing ---

  dirty(cell) {
    return cell.input.value !== cell.shown;
  }

  input({ target, isComposing }) {
    const { cell } = target;
    if (!cell) return;
    fit(target);
    clearTimeout(cell.pause);
    cell.own = undefined;
    cell.writing = true;
    this.sheet.note(cell);
    if (!isComposing) cell.pause = setTimeout(() => this.commit(cell), PAUSE);
  }

  commit(cell) {
    clearTimeout(cell.pause);
    if (!this.dirty(cell)) return;
    const text = cell.input.value.toWellFormed?.() ?? cell.input.value;
    if (!this.keep(cell, text)) return;
    if (this.sheet.undo.hidden) this.tell();  // what was said is no longer about what is done
    this.post();
  }

  // Puts a text in the list; whether it could be.
  keep(cell, text) {
    const { most } = this.data;
    if (text.length > most.characters) {
      cell.own = filled(this.words.too_long, { n: text.length });
      this.sheet.note(cell);
      this.tell(cell.own);
      return false;
    }
    cell.own = undefined;
    cell.text = cell.waits = text;
    cell.shown = cell.input.value;
    cell.changed = true;
    this.outbox.add("typed", cell.row.id, cell.column.name, text);
    (this.awaited ??= new Set()).add(cell);
    this.sheet.note(cell);
    return true;
  }

  commitAll() {
    for (const row of this.sheet.rows.values()) row.cells.forEach((cell) => this.commit(cell));
  }

  // Whether there is anything that the server has not said that it has.
  sendAll() {
    this.commitAll();
    this.release();
    return this.outbox.list.length > 0;
  }

  focusin({ target }) {
    const { cell } = target;
    if (!cell) return;
    if (this.selecting.arrive(target)) cell.before = target.value;
  }

  focusout({ target }) {
    const { cell } = target;
    if (!cell) return;
    this.selecting.leave(target);
    this.commit(cell);
    if (!this.dirty(cell) && !cell.own) this.sheet.setText(cell, cell.waits ?? cell.server.text);
    this.sheet.note(cell);
  }

  // --- rows ---

  click({ target }) {
    const button = target.closest?.("button");
    const { sheet } = this;
    if (button === sheet.add) this.addRow();
    else if (button && button === sheet.all) sheet.showAll(!sheet.whole);
    else if (button && button === sheet.undo) this.pasting.undo();
    else if (button) this.strike([...sheet.rows.values()].find((row) => row.button === button));
    else if (target.cell?.input.readOnly) this.tell(this.closed(target.cell));
  }

  closed(cell) {
    return cell.row.removed ? filled(this.words.row_closed, { row: cell.row.shown }) : this.words.cell_closed;
  }

  strike(row) {
    if (!row) return;
    const { words } = this;
    this.outbox.add(row.removed ? "restored" : "removed", row.id);
    this.tell(filled(row.removed ? words.row_restored : words.row_removed, { row: row.shown || words.new }));
    this.post();
    this.draw();
  }

  addRow() {
    if (this.sheet.order.length >= this.data.most.rows) {
      this.tell(this.words.full);
      return;
    }
    const id = newRowId();
    this.outbox.add("added", id, {});
    this.post();
    this.draw();
    this.sheet.rows.get(id)?.cells.find((cell) => !cell.fixed)?.input.focus();
    this.tell();
    this.sheet.heard.textContent = this.words.row_added;
  }

  // A few texts in a sentence.
  listed(texts) {
    const shown = texts.slice(0, 4).map((text) => (text.length > 30 ? `${text.slice(0, 29)}…` : text)).join("; ");
    return texts.length > 4 ? `${shown} ${filled(this.words.and_more, { n: texts.length - 4 })}` : shown;
  }

  // Taken off the page, with what is typed kept and sent. A grid that is gone is not told what was heard, so it says it
  // twice; what is said once more changes nothing.
  async end() {
    this.listeners.abort();
    window.kdUnheard.delete(this.unheard);
    this.held = true;
    this.commitAll();
    clearTimeout(this.reminding);
    for (const patience of [QUIET, PATIENCE[0]]) {
      await quietFor(patience);
      if (this.outbox.list.length) this.outbox.post();  // else the grid is back, and its own has been heard
    }
  }
}

// Whether the line is up and no run is under way.
function isIdle() {
  const app = document.querySelector("[data-testid=stApp]")?.dataset;
  return app?.testScriptState === "notRunning" && app.testConnectionState === "CONNECTED";
}

// Comes back when nothing has run for so many milliseconds. A page looks idle also between what was asked for and its
// run, and at the end of a run Streamlit forgets what was set meanwhile for anything that is no longer on the page.
async function quietFor(milliseconds) {
  const step = 100;
  for (let quiet = 0; quiet < milliseconds; quiet = isIdle() ? quiet + step : 0) {
    await new Promise((done) => setTimeout(done, step));
  }
}

// As if it had been typed, so that the browser's own undo takes it back.
function insert(input, text) {
  input.focus();
  if (document.execCommand("insertText", false, text)) return;
  input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

const newRowId = () =>
  `n${[...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

// What was typed or pasted, in an operation.
function textsOf([, kind, , ...said]) {
  if (kind === "typed") return [said[1]];
  return kind === "added" ? Object.values(said[0]) : [];
}
