package tools

import (
	"cmp"
	"context"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/internal/render"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// ledgerFile makes a file of a ledger: the general ledger account by account,
// each between its opening and closing balance, and the transactions entry by
// entry.
type ledgerFile struct {
	ask     schemas.NamedReport
	types   schemas.AccountTypes
	head    schemas.Ledger // its first page
	next    int            // the first account that has not begun
	now     int            // the account that has begun and not ended; none when negative
	entries bool           // lines stand by entry
}

// ledger writes a ledger, and what happened to each account.
func (e exporting) ledger(ask schemas.NamedReport, first schemas.Ledger) filling {
	return func(ctx context.Context, w *file, out *schemas.Export) error {
		f := &ledgerFile{ask: ask, types: e.types(ctx), head: first, now: -1, entries: ask.Report == "transaction_detail"}
		read := e.ledgerPages(f)
		if f.entries {
			read = e.byEntry(f)
		}
		if err := e.copy(ctx, w, out, read); err != nil {
			return err
		}
		if out.Form == schemas.FormCSV && len(first.Accounts) > 0 {
			out.Others = []string{movements}
		}
		if err := f.movements(w); err != nil {
			return err
		}
		return w.Close(first.FileTotals(movements), facts(*out, w.company))
	}
}

// movements is the table of what happened to each account.
const movements = "accounts"

// page reads a part of the ledger.
func (e exporting) page(ctx context.Context, f *ledgerFile, cursor string) (*schemas.Ledger, error) {
	if cursor == "" {
		return &f.head, nil
	}
	f.ask.Cursor = cursor
	next, err := e.c.api.Reports.Named(ctx, f.ask)
	if err != nil {
		return nil, err
	}
	l, _ := next.(*schemas.Ledger)
	return l, nil
}

// ledgerPages reads the rows of accounts.
func (e exporting) ledgerPages(f *ledgerFile) source {
	return func(ctx context.Context, cursor string) (part, error) {
		l, err := e.page(ctx, f, cursor)
		if err != nil {
			return part{}, err
		}
		var rows []schemas.LedgerRow
		for _, line := range l.Rows {
			rows = append(f.upTo(line, rows), line.FileRow(f.types, f.head.Currency))
		}
		if l.NextCursor == "" {
			rows = f.rest(rows)
		}
		return f.part(l, rows), nil
	}
}

// part is a part with rows made of a page.
func (f *ledgerFile) part(of *schemas.Ledger, rows []schemas.LedgerRow) part {
	about := schemas.Export{Of: ordinary(f.ask.Report)}
	about.Report(of)
	layout := render.RowsOf[schemas.LedgerRow](about.Currency)
	p := part{columns: layout.Columns(), cursor: of.NextCursor, about: about, doubts: of.Doubts()}
	for _, r := range rows {
		p.cells = append(p.cells, layout.Cells(r))
	}
	return p
}

// upTo adds what stands before a line: the end of the account before, accounts
// without lines, and the balance that its own begins with.
func (f *ledgerFile) upTo(line schemas.LedgerLine, rows []schemas.LedgerRow) []schemas.LedgerRow {
	of := func(a schemas.AccountMovement) bool { return a.Code == line.Code && a.Account == line.Account }
	i := slices.IndexFunc(f.head.Accounts, of)
	if i < f.next {
		return rows // its account has begun, or has no balance
	}
	rows = f.closed(rows)
	for ; f.next <= i; f.next++ {
		rows = append(f.closed(rows), f.head.Accounts[f.next].OpeningRow(f.types, f.head.Start))
		f.now = f.next
	}
	return rows
}

// closed adds the balance that the account which has begun ends with.
func (f *ledgerFile) closed(rows []schemas.LedgerRow) []schemas.LedgerRow {
	if f.now < 0 {
		return rows
	}
	rows = append(rows, f.head.Accounts[f.now].ClosingRow(f.types, f.head.End))
	f.now = -1
	return rows
}

// rest adds what stands behind the last line.
func (f *ledgerFile) rest(rows []schemas.LedgerRow) []schemas.LedgerRow {
	for ; f.next < len(f.head.Accounts); f.next++ {
		rows = append(f.closed(rows), f.head.Accounts[f.next].OpeningRow(f.types, f.head.Start))
		f.now = f.next
	}
	return f.closed(rows)
}

// byEntry reads all lines, or as many as one file holds, and orders them by day
// and entry.
func (e exporting) byEntry(f *ledgerFile) source {
	return func(ctx context.Context, _ string) (part, error) {
		start := e.c.gate.now()
		var rows []schemas.LedgerRow
		var doubts []string
		var bytes int64
		for cursor, more := "", true; more; {
			l, err := e.page(ctx, f, cursor)
			if err != nil {
				return part{}, err
			}
			for _, line := range l.Rows {
				rows = append(rows, line.FileRow(f.types, f.head.Currency))
				bytes += lineBytes + int64(len(line.Account)+len(line.Contact)+len(line.Description))
			}
			doubts = append(doubts, l.Doubts()...)
			if cursor, more = l.NextCursor, l.NextCursor != ""; !more {
				continue
			}
			if why := full(len(rows), bytes, e.c.gate.now().Sub(start)); why != "" {
				doubts, more = append(doubts, why), false
			}
		}
		made := f.part(&f.head, ordered(rows))
		made.cursor, made.doubts = "", doubts
		return made, nil
	}
}

// lineBytes is how long a row is at most, beside its longer texts.
const lineBytes = 160

// ordered puts rows in the order of their days, and on one day those of each
// entry together.
func ordered(rows []schemas.LedgerRow) []schemas.LedgerRow {
	place := make(map[string]int)
	for i, r := range rows {
		if _, ok := place[r.Entry]; !ok {
			place[r.Entry] = i
		}
	}
	slices.SortStableFunc(rows, func(a, b schemas.LedgerRow) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(place[a.Entry], place[b.Entry]))
	})
	return rows
}

// movements writes what happened to each account as a table of its own.
func (f *ledgerFile) movements(w *file) error {
	l := f.head
	if len(l.Accounts) == 0 {
		return nil
	}
	layout := render.RowsOf[schemas.MovementRow](l.Currency)
	if err := w.Begin(movements, layout.Columns()); err != nil {
		return err
	}
	for _, a := range l.Accounts {
		row := schemas.MovementRow{
			AccountMovement: a, AccountType: f.types.Of(a.AccountID, a.Code, a.Account), Currency: l.Currency, Start: l.Start, End: l.End,
		}
		if err := w.Row(layout.Cells(row)); err != nil {
			return err
		}
	}
	return nil
}
