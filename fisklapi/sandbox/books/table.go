package books

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

// ids hands out identifiers. Each kind counts from its own start in its own steps, and no number is given out twice,
// so that an id used for the wrong kind of record is always an error and never another record.
type ids struct {
	latest map[string]int64
	taken  map[int64]bool
}

func newIDs() *ids { return &ids{latest: map[string]int64{}, taken: map[int64]bool{}} }

func (s *ids) next(kind string) int64 {
	series := sequences()[kind]
	id, started := s.latest[kind]
	if !started {
		id = series.first - series.step
	}
	id += series.step
	for s.taken[id] {
		id += series.step
	}
	s.latest[kind], s.taken[id] = id, true
	return id
}

// sequence is where the ids of a kind begin and how far apart they lie.
type sequence struct{ first, step int64 }

func sequences() map[string]sequence {
	return map[string]sequence{
		KindTax:         {301, 1},
		KindAccount:     {701, 1},
		KindCompany:     {811, 1},
		KindClient:      {1024, 11},
		KindVendor:      {2051, 7},
		KindProduct:     {3003, 5},
		KindInvoice:     {4821, 3},
		KindQuote:       {7310, 4},
		KindPayment:     {8205, 3},
		KindBill:        {30011, 2},
		kindBillPayment: {40011, 2},
		kindFeature:     {60001, 1},
		kindChange:      {90001, 1},
	}
}
