// As in a spreadsheet: a cell that is come to is selected, all of its text, and what is typed or pasted takes its place.
// Two presses, F2 or an arrow to the side go into the text (`cell.writing`); so does a finger, which has no keys, by a
// second press, and in a long text by the first.
const INTO = ["ArrowLeft", "ArrowRight", "Home", "End"];

class Selecting {
  constructor(root, signal) {
    this.root = root;
    for (const kind of ["pointerdown", "mousedown", "mouseup"]) {
      root.addEventListener(kind, (event) => this[kind](event), { signal });
    }
  }

  select(cell) {
    cell.writing = false;
    cell.input.select();
  }

  write(cell) {
    cell.writing = true;
    cell.input.setSelectionRange(cell.input.value.length, cell.input.value.length);
  }

  // Whether a cell is newly come to. Who has been in another window, and may have copied something there, is back where
  // they were.
  arrive(input) {
    const away = this.away;
    this.away = undefined;
    if (away === input) return false;
    if (away) away.cell.writing = false;
    if (!this.pressed) this.select(input.cell);
    return true;
  }

  leave(input) {
    if (document.hasFocus()) input.cell.writing = false;
    else this.away = input;
  }

  pointerdown({ pointerType }) {
    this.byFinger = pointerType === "touch";
  }

  mousedown(event) {
    const { target, detail, button } = event;
    const there = target === this.root.activeElement;
    this.pressed = target.cell && target;
    if (!target.cell) return;
    if (detail > 1 || (this.byFinger && (there || target.tagName === "TEXTAREA"))) target.cell.writing = true;
    else if (there && !target.cell.writing && !button) event.preventDefault();  // the press would put the caret
  }

  // The first press puts the caret, unless it is drawn over a part of the text.
  mouseup({ target }) {
    const { cell, selectionStart: from, selectionEnd: to } = target;
    const pressed = this.pressed === target;
    this.pressed = undefined;
    if (!cell || !pressed || cell.writing) return;
    if (from === to) this.select(cell);
    else cell.writing = to - from < target.value.length;
  }

  // Whether a key was for this alone.
  key({ key, target: { cell } }) {
    if (INTO.includes(key)) cell.writing = true;
    if (key === "F2") this.write(cell);
    return key === "F2";
  }
}
