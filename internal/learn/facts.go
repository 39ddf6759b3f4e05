package learn

import (
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
	switch field {
	case "clientId":
		return []origin{{clients, "id"}, {invoices, "clientId"}}
	case "clientName":
		return []origin{{clients, "name"}, {invoices, "clientName"}}
	case "clientEmail":
		return []origin{{clients, "email"}}
	case "contactId", "contactName":
		name := map[string]string{"contactId": "id", "contactName": "name"}[field]
		if op == fisklapi.OpGetPayablesAging {
			return []origin{{fisklapi.OpListVendors, name}}
		}
		return []origin{{clients, name}}
	case "invoiceId":
		return []origin{{invoices, "id"}}
	case "invoiceNumber":
		return []origin{{invoices, "number"}}
	case "productId":
		return []origin{{fisklapi.OpListProducts, "id"}}
	case "taxId":
		return []origin{{fisklapi.OpListTaxes, "id"}}
	case "accountId":
		return []origin{{accounts, "id"}}
	case "accountName":
		return []origin{{accounts, "name"}}
	default:
		return ownOrigins(op, l, field)
	}
}

// ownOrigins are those of names that mean another thing in each operation.
func ownOrigins(op fisklapi.Operation, l level, field string) []origin {
	accounts := fisklapi.OpListAccounts
	rows := l.path == "rows" || l.path == "accounts" || strings.HasSuffix(l.path, "sections.rows")
	switch {
	case rows && l.form.Field("accountId") != nil && (field == "name" || field == "code"):
		return []origin{{accounts, field}}
	case l.path == "rows.documents" && op == fisklapi.OpGetReceivablesAging && (field == "id" || field == "number"):
		return []origin{{fisklapi.OpListInvoices, field}}
	case op == fisklapi.OpListClients && (field == "id" || field == "name"):
		return []origin{{fisklapi.OpListInvoices, "client" + strings.ToUpper(field[:1]) + field[1:]}}
	case field == "currency":
		return []origin{{fisklapi.OpGetCompany, field}, {fisklapi.OpListAccounts, field}, {fisklapi.OpListInvoices, field}, {fisklapi.OpListClients, field}}
	default:
		return nil
	}
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
	}[op]
}

// conventions notes the places that fields have in most operations.
func (s *session) conventions() {
	count := make(map[string]map[string]int)
	for _, op := range s.order {
		r := s.readings[op]
		for path, where := range r.mapping.Members {
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
		best, most, total := "", 0, 0
		for where, n := range places {
			total += n
			if n > most || n == most && where < best {
				best, most = where, n
			}
		}
		if most*2 > total {
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

// forms finds out how amounts and dates are written in most answers. Decimals
// anywhere are decimals everywhere, for whole numbers may be either.
func (s *session) forms() {
	money, days := make(map[dialect.Money]int), make(map[dialect.Days]int)
	for _, op := range s.order {
		r := s.readings[op]
		if r.form == nil || len(r.bodies) == 0 || r.problem != "" {
			continue
		}
		if r.has(dialect.Amount) {
			money[r.mapping.Money]++
		}
		if r.has(dialect.Day) {
			days[r.mapping.Days]++
		}
	}
	s.money, s.days = "", ""
	for _, m := range []dialect.Money{dialect.MinorUnits, dialect.MinorText, dialect.DecimalNumber, dialect.DecimalText} {
		decimals := money[dialect.DecimalNumber] + money[dialect.DecimalText]
		if money[m] > money[s.money] && (m.Major() || decimals == 0 || decimals*4 < money[dialect.MinorUnits]+money[dialect.MinorText]) {
			s.money = m
		}
	}
	for d, n := range days {
		if d != "" && (n > days[s.days] || n == days[s.days] && d < s.days) {
			s.days = d
		}
	}
	for _, op := range s.order {
		if r := s.readings[op]; r.form != nil && len(r.bodies) > 0 && (r.mapping.Money != s.money || r.mapping.Days != s.days) {
			s.solve(r)
		}
	}
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
