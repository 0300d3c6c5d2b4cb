/// Tables that are sorted by their headings, by click and by key.
///
/// A heading with `data-sort` (`number` or `text`) becomes a button; without a script it stays a
/// heading. A cell's value is its `data-value` or its text; cells that say `-` come last either way.
enum SortableTables {
  static let script = #"""
    (() => {
      'use strict';
      const valueOf = (row, column, kind) => {
        const cell = row.cells[column];
        const text = (cell?.dataset.value ?? cell?.textContent ?? '').trim();
        if (text === '' || text === '-') return null;
        if (kind !== 'number') return text;
        const number = Number.parseFloat(text);
        return Number.isNaN(number) ? null : number;
      };
      const compare = (a, b, kind) =>
        kind === 'number' ? a - b : a.localeCompare(b, 'en', {numeric: true});
      for (const table of document.querySelectorAll('table.sortable')) {
        const body = table.tBodies[0];
        const rows = [...body.rows];
        const heads = [...table.tHead.rows[0].cells];
        for (const head of heads) {
          const kind = head.dataset.sort;
          if (!kind) continue;
          const button = document.createElement('button');
          button.type = 'button';
          button.append(...head.childNodes);
          head.append(button);
          button.addEventListener('click', () => {
            const before = head.getAttribute('aria-sort');
            const first = head.dataset.first ?? (kind === 'number' ? 'descending' : 'ascending');
            const other = first === 'ascending' ? 'descending' : 'ascending';
            const order = before === first ? other : first;
            for (const one of heads) one.removeAttribute('aria-sort');
            head.setAttribute('aria-sort', order);
            const sign = order === 'ascending' ? 1 : -1;
            const keyed = rows.map((row) => [valueOf(row, head.cellIndex, kind), row]);
            keyed.sort(([a], [b]) => {
              if (a === null || b === null) return (a === null) - (b === null);
              return sign * compare(a, b, kind);
            });
            body.append(...keyed.map(([, row]) => row));
          });
        }
      }
    })();

    """#
}
