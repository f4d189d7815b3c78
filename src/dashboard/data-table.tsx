import type { ReactElement, ReactNode } from 'react';

/** A column of a table. The first column is the header of its row. */
export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  /** What the narrow card calls it; null where the cell says it itself. */
  readonly label: string | null;
  /** Numbers stand right. */
  readonly align: 'start' | 'end';
  readonly cell: (row: Row) => ReactNode;
  /** Set on the column by which the rows are ordered. */
  readonly sorted?: 'ascending' | 'descending';
  /** How wide it is in its table. */
  readonly className?: string;
  /** The column's name for whoever cannot see a head that is drawn. */
  readonly headName?: string;
}

/** A table of rows; a row without cells of its own says why in one sentence. */
export interface DataTableProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Id of the heading that names it. */
  readonly labelledBy: string;
  readonly className?: string;
  /** In place of a row's cells after the first: why there are none. */
  readonly insteadOf?: (row: Row) => ReactNode;
}

/** A table; under 640 px each row is a card whose labels come from the head. */
export function DataTable<Row>({ columns, rows, keyOf, labelledBy, className, insteadOf }: DataTableProps<Row>): ReactElement {
  return (
    <table className={className === undefined ? 'rows' : `rows ${className}`} aria-labelledby={labelledBy}>
      <thead>
        <tr>
          {columns.map((column) => (
            <Head key={column.key} column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const instead = insteadOf?.(row) ?? null;
          const [first, ...others] = columns;
          return (
            <tr key={keyOf(row)}>
              {first !== undefined && (
                <th scope="row" className={classes(first)}>
                  {first.cell(row)}
                </th>
              )}
              {instead !== null ? (
                <td colSpan={others.length} className="instead">
                  {instead}
                </td>
              ) : (
                others.map((column) => (
                  <td key={column.key} className={classes(column)} {...(column.label === null ? {} : { 'data-label': column.label })}>
                    {column.cell(row)}
                  </td>
                ))
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Head<Row>({ column }: { readonly column: Column<Row> }): ReactElement {
  const sorted = column.sorted === undefined ? {} : { 'aria-sort': column.sorted };
  return (
    <th scope="col" className={classes(column)} {...sorted}>
      {column.headName !== undefined && <span className="unseen">{column.headName}</span>}
      {column.head}
      {column.sorted !== undefined && <span aria-hidden>{column.sorted === 'ascending' ? ' ↑' : ' ↓'}</span>}
    </th>
  );
}

function classes<Row>(column: Column<Row>): string | undefined {
  const names = [...(column.align === 'end' ? ['end'] : []), ...(column.className === undefined ? [] : [column.className])];
  return names.length === 0 ? undefined : names.join(' ');
}
