package learn

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// origin is a list that tells what a field of another operation can be.
type origin struct {
	list  fisklapi.Operation
	field string
}

// origins are the lists that tell what a field can be. A list is known by
// another too: the clients of the invoices are clients.
func origins(op fisklapi.Operation, l level, field string) []origin {
	clients, invoices, accounts := fisklapi.OpListClients, fisklapi.OpListInvoices, fisklapi.OpListAccounts
	contacts := clients
	if op == fisklapi.OpGetPayablesAging {
		contacts = fisklapi.OpListVendors
	}
	known := map[string][]origin{
		"clientId": {{clients, "id"}, {invoices, "clientId"}}, "clientName": {{clients, "name"}, {invoices, "clientName"}},
		"clientEmail": {{clients, "email"}}, "contactId": {{contacts, "id"}}, "contactName": {{contacts, "name"}},
		"invoiceId": {{invoices, "id"}}, "invoiceNumber": {{invoices, "number"}},
		"productId": {{fisklapi.OpListProducts, "id"}}, "taxId": {{fisklapi.OpListTaxes, "id"}},
		"accountId": {{accounts, "id"}}, "accountName": {{accounts, "name"}},
		"currency": {{fisklapi.OpGetCompany, "currency"}, {accounts, "currency"}, {invoices, "currency"}, {clients, "currency"}},
	}
	if all, ok := known[field]; ok {
		return all
	}
	return ownOrigins(op, l, field)
}

// ownOrigins are those of names that mean another thing in each operation.
func ownOrigins(op fisklapi.Operation, l level, field string) []origin {
	at := string(op) + " " + l.path
	switch field {
	case "name", "code":
		if l.form.Field("accountId") != nil && l.form.Field("accountName") == nil {
			return []origin{{fisklapi.OpListAccounts, field}}
		}
		if field == "name" && op == fisklapi.OpListClients {
			return []origin{{fisklapi.OpListInvoices, "clientName"}}
		}
	case "id", "number":
		if at == string(fisklapi.OpGetReceivablesAging)+" rows.documents" {
			return []origin{{fisklapi.OpListInvoices, field}}
		}
		if field == "id" && op == fisklapi.OpListClients {
			return []origin{{fisklapi.OpListInvoices, "clientId"}}
		}
	}
	return nil
}

// fact are the values that a field can have by what other operations answered,
// or by what its own list shows of the same record.
func (s *session) fact(op fisklapi.Operation, l level, field string) map[string]bool {
	all := make(map[string]bool)
	for _, o := range origins(op, l, field) {
		if o.list != op {
			for _, row := range s.readings[o.list].rows() {
				if v := text(row, o.field); v != "" {
					all[v] = true
				}
			}
		}
	}
	if l.path == "" && len(all) == 0 {
		s.same(op, field, all)
	}
	return all
}

// same adds what the list shows of a record that was read whole.
func (s *session) same(op fisklapi.Operation, field string, all map[string]bool) {
	list := listOf(op)
	r := s.readings[op]
	if list == "" || r == nil || len(r.ids) == 0 {
		return
	}
	for _, row := range s.readings[list].rows() {
		if text(row, "id") == r.ids[0] && text(row, field) != "" {
			all[text(row, field)] = true
		}
	}
}

// listOf is the list in which the records of an operation stand.
func listOf(op fisklapi.Operation) fisklapi.Operation {
	return map[fisklapi.Operation]fisklapi.Operation{
		fisklapi.OpGetInvoice: fisklapi.OpListInvoices, fisklapi.OpGetClient: fisklapi.OpListClients, fisklapi.OpGetVendor: fisklapi.OpListVendors,
		fisklapi.OpGetQuote: fisklapi.OpListQuotes, fisklapi.OpGetProduct: fisklapi.OpListProducts, fisklapi.OpGetPayment: fisklapi.OpListPayments,
		fisklapi.OpGetTax: fisklapi.OpListTaxes,
	}[op]
}

// conventions notes the places that fields have in most operations.
func (s *session) conventions() {
	count := make(map[string]map[string]int)
	for _, op := range s.order {
		for path, where := range s.readings[op].mapping.Members {
			name := path[strings.LastIndexByte(path, '.')+1:]
			if name == "*" || strings.Contains(where, " - ") {
				continue
			}
			if count[name] == nil {
				count[name] = make(map[string]int)
			}
			count[name][where]++
		}
	}
	s.usual = make(map[string]string, len(count))
	for name, places := range count {
		total := 0
		for _, n := range places {
			total += n
		}
		if best := most(places); places[best]*2 > total {
			s.usual[name] = best
		}
	}
}

// settle finds out what is the same in all operations, and solves what is left
// with it.
func (s *session) settle() {
	s.forms()
	s.again()
	s.again()
}

// doubts says what was not found.
func (s *session) doubts() {
	for _, op := range s.order {
		r := s.readings[op]
		if r.form != nil && len(r.bodies) > 0 && r.problem == "" && len(r.missing) > 0 {
			s.unknown(r)
		}
	}
}

// unknown says of the fields that were not found where they could be.
func (s *session) unknown(r *reading) {
	for _, l := range levels(r.form, r.mapping, r.bodies) {
		spots := l.spots()
		for _, f := range l.lacking(r.mapping) {
			if f.Need < dialect.Somewhere {
				continue
			}
			var names []string
			for _, c := range l.free(f, r.mapping, spots) {
				if len(names) < 8 {
					names = append(names, c.where)
				}
			}
			s.doubt(r.endpoint.Operation, dialect.Join(l.path, f.Name), names...)
		}
	}
}

// forms finds out how amounts and dates are written in most answers, and solves
// those again in which they are not. Decimals anywhere are decimals everywhere,
// for whole numbers may be either.
func (s *session) forms() {
	money, days := make(map[dialect.Money]int), make(map[dialect.Days]int)
	for _, op := range s.order {
		if r := s.readings[op]; r.readable() {
			money[r.mapping.Money] += one(r.has(dialect.Amount))
			days[r.mapping.Days] += one(r.has(dialect.Day))
		}
	}
	delete(money, "")
	delete(days, "")
	decimals := money[dialect.DecimalNumber] + money[dialect.DecimalText]
	if minor := money[dialect.MinorUnits] + money[dialect.MinorText]; decimals > 0 && decimals*4 >= minor {
		maps.DeleteFunc(money, func(m dialect.Money, _ int) bool { return !m.Major() })
	}
	s.money, s.days = most(money), most(days)
	for _, op := range s.order {
		if r := s.readings[op]; r.form != nil && len(r.bodies) > 0 && (r.mapping.Money != s.money || r.mapping.Days != s.days) {
			s.solve(r)
		}
	}
}

// most is what was counted most often.
func most[T cmp.Ordered](count map[T]int) T {
	var best T
	for _, one := range slices.Sorted(maps.Keys(count)) {
		if count[one] > count[best] {
			best = one
		}
	}
	return best
}

// has reports an answer with values of a kind in it.
func (r *reading) has(kind dialect.Kind) bool {
	for _, l := range levels(r.form, r.mapping, r.bodies) {
		taken := l.taken(r.mapping)
		for _, f := range l.form.Fields {
			at, _ := r.mapping.Place(dialect.Join(l.path, f.Name), f.Name)
			if f.Form.Kind == kind && taken[strings.Join(at, ".")] {
				return true
			}
		}
	}
	return false
}
