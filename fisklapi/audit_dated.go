package fisklapi

import (
	"context"
	"errors"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// dated are the records that are dated in a period. Of a change Fiskl tells when
// it was made and not what day its record is of, so they are taken from the
// ledger and, for drafts, from the list of invoices.
type dated struct {
	days    schemas.Range
	records map[Recorded]bool // nil where no period was given
	doubt   string            // why records may be missing
	deleted bool              // a record was deleted, whose day is not known any more
}

// datedPages is how many pages of each are read.
const datedPages = 20

func (s Audit) dated(ctx context.Context, period string) (dated, error) {
	if strings.TrimSpace(period) == "" {
		return dated{}, nil
	}
	days, err := s.c.Periods.Resolve(ctx, schemas.Period{Period: period})
	if err != nil {
		return dated{}, ofArgument(err, "dated")
	}
	out := dated{days: days, records: make(map[Recorded]bool)}
	span, page := schemas.Period{Start: days.Start, End: days.End}, schemas.PageArgs{All: true, Pages: datedPages}
	var ledger schemas.Ledger
	var invoices schemas.InvoiceList
	err = s.c.Together(ctx,
		func(ctx context.Context) (err error) {
			ledger, err = s.c.Reports.GeneralLedger(ctx, schemas.LedgerArgs{ReportArgs: schemas.ReportArgs{Period: span, Basis: "accrual"}, PageArgs: page})
			return err
		},
		func(ctx context.Context) (err error) {
			invoices, err = s.c.Invoices.List(ctx, schemas.InvoiceFilter{Period: span, PageArgs: page})
			return err
		},
	)
	if err != nil {
		return out, err
	}
	for _, l := range ledger.Rows {
		out.records[Recorded{schemas.RecordType(strings.ToLower(l.RecordType)), l.RecordID}] = true
	}
	for _, i := range invoices.Rows {
		out.records[Recorded{"invoice", i.ID}] = true
	}
	if !ledger.Complete || !invoices.Complete {
		out.doubt = "more was dated in the period than is read to know its records, so changes may be missing; take a shorter one"
	}
	return out, nil
}

// holds reports a change of one of the records, or of any where no period was
// given. It notes what was deleted, which is in no ledger any more.
func (d *dated) holds(w wireChange) bool {
	held := d.records == nil || d.records[Recorded{schemas.RecordType(strings.ToLower(string(w.Type))), w.RecordID.key}]
	if !held && strings.EqualFold(string(w.Action), "Deleted") {
		d.deleted = true
	}
	return held
}

// doubts say why changes may be missing.
func (d *dated) doubts() (why []string) {
	if d.doubt != "" {
		why = append(why, d.doubt)
	}
	if d.deleted {
		why = append(why, "records were deleted, and of what day they were is not told any more; list_changes without dated has them")
	}
	return why
}

// covered are the days on which changes were made: those asked for, or else all
// from the end of the records' own period until today, or Fiskl's default.
func (s Audit) covered(ctx context.Context, p schemas.Period, of dated) (schemas.Range, error) {
	today := s.c.Companies.Today(ctx)
	if of.records == nil || !p.IsZero() || !of.days.End.Before(today) {
		return s.c.Periods.OrDefault(ctx, p)
	}
	return schemas.Range{Start: of.days.End.Next(), End: today}, nil
}

// ofArgument is a refusal under the name of the argument that it is of.
func ofArgument(err error, name string) error {
	if refused, ok := errors.AsType[*schemas.ArgumentError](err); ok {
		return &schemas.ArgumentError{Argument: name, Problem: refused.Problem}
	}
	return err
}
