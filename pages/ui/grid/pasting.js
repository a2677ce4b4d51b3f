// What is pasted: a text in the cell, or a spreadsheet's cells over those to the right and below, in new rows at the end.
// What finds no room, or may not be written over, is told of; and all of it can be taken back.
class Pasting {
  constructor(editing) {
    this.editing = editing;
  }

  paste(event) {
    const { cell } = event.target;
    const text = event.clipboardData?.getData("text/plain");
    if (!cell || !text) return;
    const rows = clipboardRows(text, event.clipboardData.getData("text/html"), cell.input.tagName === "TEXTAREA");
    if (rows.length > 1 || rows[0].length > 1) {
      event.preventDefault();
      this.spread(cell, rows);
      return;
    }
    const [[bare]] = rows;
    if (cell.input.readOnly) {
      event.preventDefault();
      this.editing.tell(this.editing.closed(cell));
    } else if (/[\r\n]/.test(bare) && cell.input.tagName === "INPUT") {  // a line would lose its lines
      event.preventDefault();
      this.put(cell, bare);
      this.editing.post();
    } else {
      event.preventDefault();
      this.write(cell, bare);
    }
  }

  // In place of what stands in a cell that is selected, which it is still; else where the caret is.
  write(cell, text) {
    const { selecting } = this.editing;
    const { writing } = cell;
    if (!writing) selecting.select(cell);
    insert(cell.input, text);
    if (!writing) selecting.select(cell);
  }

  // Puts a text in a cell whoever is in it, and in the list.
  put(cell, text) {
    if (text.length > this.editing.data.most.characters) return false;
    this.editing.sheet.setText(cell, text);
    return this.editing.keep(cell, text);
  }

  spread(start, rows) {
    const { sheet, words } = this.editing;
    this.editing.commit(start);
    const columns = sheet.columns.slice(start.place);
    const first = sheet.order.indexOf(start.row.id);
    const done = { cells: 0, rows: 0, before: [], added: [] };
    const left = { wide: [], removed: [], fixed: [], long: 0, full: 0 };
    let total = sheet.order.length;
    rows.forEach((texts, place) => {
      const row = sheet.rows.get(sheet.order[first + place]);
      left.wide.push(...texts.slice(columns.length).filter(Boolean));
      const fits = texts.slice(0, columns.length).map((text) => text.toWellFormed?.() ?? text);
      if (!row && !fits.some(Boolean)) return;  // an empty line below what there is
      if (!row && total >= this.editing.data.most.rows) {
        left.full += 1;
      } else if (!row) {
        total += 1;
        this.spreadNew(columns, fits, done, left);
      } else if (row.removed) {
        left.removed.push(...fits.filter(Boolean));
      } else {
        done.rows += 1;
        fits.forEach((text, right) => this.spreadCell(row.cells[start.place + right], text, done, left));
      }
    });
    this.editing.post();
    this.editing.draw();
    this.editing.tell(
      filled(words.pasted, { cells: counted(words.cells, done.cells), rows: counted(words.rows, done.rows) }),
      done.added.length && filled(words.pasted_added, { n: done.added.length }),
      left.wide.length && filled(words.too_wide, { texts: this.editing.listed(left.wide) }),
      left.removed.length && filled(words.left_removed, { texts: this.editing.listed(left.removed) }),
      left.fixed.length && filled(words.left_fixed, { texts: this.editing.listed(left.fixed) }),
      left.long && words.left_long,
      left.full && filled(words.left_full, { n: left.full }),
    );
    this.last = done;
    sheet.undo.hidden = !done.before.length && !done.added.length;
  }

  spreadCell(cell, text, done, left) {
    if (cell.fixed) {
      if (!sameText(cell.text, text)) left.fixed.push(text);
      return;
    }
    const before = cell.text;
    if (!sameText(before, text) && !this.put(cell, text)) {
      left.long += 1;
      return;
    }
    done.cells += 1;
    if (!sameText(before, text)) done.before.push([cell, before, text]);
  }

  spreadNew(columns, texts, done, left) {
    const kept = texts.map((text) => (text.length > this.editing.data.most.characters ? "" : text));
    left.long += kept.filter((text, place) => text !== texts[place]).length;
    const id = newRowId();
    const named = kept.map((text, place) => [columns[place].name, text]).filter(([, text]) => text);
    this.editing.outbox.add("added", id, Object.fromEntries(named));
    done.added.push(id);
    done.cells += kept.length;
    done.rows += 1;
  }

  // Back to what stood there, but where something else has been written since.
  undo() {
    for (const [cell, before, text] of this.last.before) {
      if (cell.input.isConnected && sameText(cell.text, text)) this.put(cell, before);
    }
    const { rows } = this.editing.sheet;
    for (const id of this.last.added) {
      if (rows.has(id) && !rows.get(id).removed) this.editing.outbox.add("removed", id);
    }
    this.editing.post();
    this.editing.draw();
    this.editing.tell(this.editing.words.paste_undone);
  }
}
