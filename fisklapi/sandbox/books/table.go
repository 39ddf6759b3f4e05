package books

import (
	"maps"
	"slices"
)

// Kinds of record, spelled as the audit trail spells them.
const (
	KindCompany     = "Company"
	KindClient      = "Client"
	KindVendor      = "Vendor"
	KindInvoice     = "Invoice"
	KindPayment     = "Payment"
	KindProduct     = "Product"
	KindTransaction = "Transaction"
	KindQuote       = "Quote"
	KindTax         = "Tax"
	KindAccount     = "Account"
	KindBill        = "Bill"
	kindBillPayment = "Bill payment"
	kindChange      = "Change"
	kindFeature     = "Feature request"
)

// table keeps records in the order they were made. A change replaces a record, never alters it, so whoever holds an
// earlier version keeps it whole.
type table[T any] struct {
	rows []*T
	byID map[int64]int
}

// copied is a table of its own with the same records.
func (t *table[T]) copied() table[T] {
	return table[T]{rows: slices.Clone(t.rows), byID: maps.Clone(t.byID)}
}

func (t *table[T]) put(id int64, row T) {
	if i, ok := t.byID[id]; ok {
		t.rows[i] = &row
		return
	}
	if t.byID == nil {
		t.byID = map[int64]int{}
	}
	t.byID[id] = len(t.rows)
	t.rows = append(t.rows, &row)
}

func (t *table[T]) get(kind string, id int64) (T, error) {
	i, ok := t.byID[id]
	if !ok {
		var none T
		return none, &NotFoundError{Kind: kind, ID: id}
	}
	return *t.rows[i], nil
}

// all are the records in the order they were made.
func (t *table[T]) all() []T {
	all := make([]T, len(t.rows))
	for i, row := range t.rows {
		all[i] = *row
	}
	return all
}

// ids hands out identifiers. Each kind counts from its own start in its own steps, and no number is given out twice,
// so that an id used for the wrong kind of record is always an error and never another record.
type ids struct{ latest map[string]int64 }

func newIDs() *ids { return &ids{latest: map[string]int64{}} }

func (s *ids) copied() *ids { return &ids{latest: maps.Clone(s.latest)} }

func (s *ids) next(kind string) int64 {
	series := sequenceOf(kind)
	id, started := s.latest[kind]
	if !started {
		id = series.first - series.step
	}
	id += series.step
	for s.taken(id) {
		id += series.step
	}
	s.latest[kind] = id
	return id
}

// taken reports that some kind has come past a number. It was given out then, or left out because another had it.
func (s *ids) taken(id int64) bool {
	for kind, latest := range s.latest {
		if series := sequenceOf(kind); series.first <= id && id <= latest && (id-series.first)%series.step == 0 {
			return true
		}
	}
	return false
}

// sequence is where the ids of a kind begin and how far apart they lie.
type sequence struct{ first, step int64 }

func sequenceOf(kind string) sequence {
	switch kind {
	case KindTax:
		return sequence{301, 1}
	case KindAccount:
		return sequence{701, 1}
	case KindCompany:
		return sequence{811, 1}
	case KindClient:
		return sequence{1024, 11}
	case KindVendor:
		return sequence{2051, 7}
	case KindProduct:
		return sequence{3003, 5}
	case KindInvoice:
		return sequence{4821, 3}
	default:
		return laterSequence(kind)
	}
}

func laterSequence(kind string) sequence {
	switch kind {
	case KindQuote:
		return sequence{7310, 4}
	case KindPayment:
		return sequence{8205, 3}
	case KindBill:
		return sequence{30011, 2}
	case kindBillPayment:
		return sequence{40011, 2}
	case kindFeature:
		return sequence{60001, 1}
	default: // kindChange
		return sequence{90001, 1}
	}
}
