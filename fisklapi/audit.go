package fisklapi

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Audit reads who changed what, and when. Records from before Fiskl began to
// keep track have no history (documented).
type Audit struct{ c *Client }

type wireChange struct {
	ID         id   `json:"id" form:"required"`
	At         text `json:"at" form:"required"`
	Actor      text `json:"actor" form:"required"`
	Action     text `json:"action" form:"required"`
	Type       text `json:"type" form:"required"`
	RecordID   id   `json:"recordId" form:"required"`
	RecordName text `json:"recordName" form:"soft"`
	Changes    []struct {
		Field  text  `json:"field"`
		Before prose `json:"before"`
		After  prose `json:"after"`
	} `json:"changes"`
}

func (w wireChange) noun() schemas.RecordChange {
	out := schemas.RecordChange{
		ID: w.ID.key, At: schemas.Clean(string(w.At), 40), Actor: string(w.Actor), Action: string(w.Action),
		Type: string(w.Type), RecordID: w.RecordID.key, Record: string(w.RecordName),
	}
	for _, c := range w.Changes {
		out.Changes = append(out.Changes, schemas.FieldChange{Field: string(c.Field), Before: schemas.Excerpt(string(c.Before)), After: schemas.Excerpt(string(c.After))})
	}
	return out
}

// List returns the changes of a period, newest first.
//
//	GET /v1/audit
func (s Audit) List(ctx context.Context, in schemas.ChangeFilter) (schemas.ChangeList, error) {
	dated, err := s.dated(ctx, in.Dated)
	if err != nil {
		return schemas.ChangeList{}, err
	}
	covered, err := s.covered(ctx, in.Period, dated)
	if err != nil {
		return schemas.ChangeList{}, err
	}
	query := url.Values{}
	span(query, covered)
	word := capitalised(string(in.Type))
	if word != "" {
		query.Set("type", word)
	}
	out := schemas.ChangeList{Of: "every record", Range: covered}
	if word != "" {
		out.Of = "every " + string(in.Type)
	}
	zone := s.c.Companies.zone(ctx)
	out.Page, err = listing[wireChange, schemas.RecordChange]{
		op: OpListChanges, asks: []ask[wireChange]{{query: query}}, filter: dated.days.Cell(),
		row: func(w wireChange) (schemas.RecordChange, bool) {
			return w.noun(), (word == "" || strings.EqualFold(word, string(w.Type))) && fallsOn(w.At, covered, zone) && dated.holds(w)
		},
		id: func(r schemas.RecordChange) schemas.ID { return r.ID },
	}.read(ctx, s.c, in.PageArgs)
	if dated.records != nil {
		out.Dated = dated.days.Cell()
	}
	for _, why := range dated.doubts() {
		out.Doubt(why)
	}
	return out, err
}

// fallsOn reports a change on one of the days of a period, in the company's time
// zone. One whose time cannot be read counts.
func fallsOn(at text, days schemas.Range, zone *time.Location) bool {
	t, err := time.Parse(time.RFC3339, string(at))
	if err != nil {
		return true
	}
	day := schemas.NewDate(t.In(zone))
	return !day.Before(days.Start) && !days.End.Before(day)
}

// History returns every change of one record, newest first.
//
//	GET /v1/audit/{type}/{id}
func (s Audit) History(ctx context.Context, in schemas.HistoryArgs) (schemas.ChangeList, error) {
	n, name, err := s.record(ctx, in)
	if err != nil {
		return schemas.ChangeList{}, err
	}
	all, err := s.Of(ctx, in.Type, n)
	if err != nil {
		return schemas.ChangeList{}, err
	}
	return schemas.ChangeList{Of: string(in.Type) + " " + name, Page: schemas.NewPage(all, make([]string, len(all)), "")}, nil
}

// Of returns every change of the record with this id, newest first.
//
//	GET /v1/audit/{type}/{id}
func (s Audit) Of(ctx context.Context, kind schemas.RecordType, key schemas.ID) ([]schemas.RecordChange, error) {
	got, err := s.c.send(ctx, request{op: OpGetRecordHistory, ids: []string{capitalised(string(kind)), string(key)}})
	if err != nil {
		return nil, err
	}
	page, err := open[wireChange](s.c, got)
	if err != nil {
		return nil, err
	}
	all := make([]schemas.RecordChange, 0, len(page.rows))
	for _, w := range page.rows {
		all = append(all, w.noun())
	}
	return all, nil
}

// Recorded is a record by its kind and id.
type Recorded struct {
	Type schemas.RecordType
	ID   schemas.ID
}

// allowed is the fact that the credential may ask this of Fiskl.
const allowed = "allowed"

// OfEach returns every change of each of some records, newest first, as
// [Audit.Of] does. The first error ends it.
//
//	GET /v1/audit/{type}/{id}
func (s Audit) OfEach(ctx context.Context, records []Recorded) ([][]schemas.RecordChange, error) {
	all := make([][]schemas.RecordChange, len(records))
	reads := make([]func(context.Context) error, 0, len(records))
	for i, r := range records {
		reads = append(reads, func(ctx context.Context) (err error) { all[i], err = s.Of(ctx, r.Type, r.ID); return err })
	}
	if known, _ := s.c.paging.fact(OpGetRecordHistory, allowed); !known && len(reads) > 0 {
		if err := reads[0](ctx); err != nil { // that of the others would be the same, where it is for want of a permission
			return nil, err
		}
		s.c.paging.learn(OpGetRecordHistory, allowed, true)
		reads = reads[1:]
	}
	return all, s.c.Together(ctx, reads...)
}

// record finds the id of a record by what a person calls it.
func (s Audit) record(ctx context.Context, in schemas.HistoryArgs) (key schemas.ID, name string, err error) {
	if key := schemas.ID(strings.TrimSpace(in.Record)); key.Distinct() {
		return key, string(key), nil
	}
	switch in.Type {
	case "client":
		w, err := s.c.Clients.finder().known(ctx, s.c, in.Record)
		return w.ID.key, string(w.Name), err
	case "vendor":
		w, err := s.c.Vendors.finder().known(ctx, s.c, in.Record)
		return w.ID.key, string(w.Name), err
	case "invoice":
		w, err := s.c.Invoices.finder().known(ctx, s.c, in.Record)
		return w.ID.key, string(w.Number), err
	case "product":
		w, err := s.c.Products.finder().known(ctx, s.c, in.Record)
		return w.ID.key, string(w.Name), err
	case "company":
		return s.company(ctx, in.Record)
	default:
		key, err := reference("record", in.Record, fmt.Sprintf("a %s is known by its id only, which %s", in.Type, whereIDsAre(in.Type)))
		return key, string(key), err
	}
}

// whereIDsAre says where the ids of records without names stand.
func whereIDsAre(kind schemas.RecordType) string {
	if kind == "payment" {
		return "list_payments shows"
	}
	return "trace_figure and get_transaction_detail show as record_id"
}

// company is the one whose books these are. Its settings have a history, too.
func (s Audit) company(ctx context.Context, named string) (key schemas.ID, name string, err error) {
	w, err := s.c.Companies.cached(ctx)
	if err != nil {
		return "", "", err
	}
	if w.ID.key == "" || !mentions(string(w.Name), named) {
		return "", "", &schemas.ArgumentError{Argument: "record", Problem: fmt.Sprintf(
			"%q is not the company of these books, which is %s (id %s)", schemas.Clean(named, 60), schemas.Name(string(w.Name)), w.ID.key)}
	}
	return w.ID.key, string(w.Name), nil
}
