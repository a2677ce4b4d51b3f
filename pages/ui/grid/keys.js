// What keys do in a cell, but for writing: go on to another one, take back, go into the text.
class Keys {
  constructor(editing) {
    this.editing = editing;
  }

  press(event) {
    const { key, target, altKey, shiftKey, ctrlKey, metaKey, isComposing } = event;
    const { cell } = target;
    if (!cell || isComposing || ctrlKey || metaKey) return;
    if (this.editing.selecting.key(event)) {
      event.preventDefault();
    } else if (key === "Enter" && altKey && target.tagName === "TEXTAREA") {
      event.preventDefault();
      if (!cell.writing) this.editing.selecting.write(cell);
      if (!target.readOnly) insert(target, "\n");
    } else if (key === "Enter" && !altKey) {
      event.preventDefault();
      this.editing.commit(cell);
      this.go(cell, shiftKey ? -1 : 1);
    } else if (key === "Escape" && (cell.writing || target.value !== cell.before)) {
      event.preventDefault();
      this.takeBack(cell);
    } else if ((key === "ArrowUp" || key === "ArrowDown") && !shiftKey && (altKey || this.atEdge(target, key))) {
      event.preventDefault();
      this.go(cell, key === "ArrowUp" ? -1 : 1, true);
    }
  }

  // What has been written in the cell since it was come to.
  takeBack(cell) {
    const { input } = cell;
    if (input.value !== cell.before) {
      input.value = cell.before;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      this.editing.commit(cell);
    }
    this.editing.selecting.select(cell);
  }

  // Whether an arrow has nowhere left to go in the text; where there are suggestions, arrows choose among them.
  atEdge(target, key) {
    if (target.tagName === "INPUT") return !target.list;
    if (!target.cell.writing) return true;
    const { selectionStart: from, selectionEnd: to, value } = target;
    return from === to && (key === "ArrowUp" ? from === 0 : to === value.length);
  }

  // To the same column above or below, past rows that are removed; below the last is the button for a new one.
  go(cell, step, stay = false) {
    const { order, rows, add } = this.editing.sheet;
    let at = order.indexOf(cell.row.id) + step;
    while (rows.get(order[at])?.removed) at += step;
    const there = rows.get(order[at])?.cells[cell.place].input;
    if (there) there.focus();
    else if (step > 0 && !stay) add.focus();
  }
}
