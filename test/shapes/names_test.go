package shapes_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// forms are all forms of Fiskl's API, of answers and of requests.
func forms() []*dialect.Form {
	var all []*dialect.Form
	for _, e := range fisklapi.Endpoints() {
		for _, f := range []*dialect.Form{fisklapi.FormOf(e.Operation), fisklapi.BodyFormOf(e.Operation)} {
			if f != nil {
				all = append(all, f)
			}
		}
	}
	return all
}

// records are the names of the members of each record of a form.
func records(f *dialect.Form) map[string][]string {
	all := make(map[string][]string)
	f.Walk(func(path string, field dialect.Field) {
		at := strings.TrimSuffix(strings.TrimSuffix(path, field.Name), ".")
		all[at] = append(all[at], field.Name)
	})
	return all
}

// memberNames are all names of members, in order.
func memberNames() []string {
	seen := make(map[string]bool)
	for _, f := range forms() {
		f.Walk(func(_ string, field dialect.Field) { seen[field.Name] = true })
	}
	return slices.Sorted(maps.Keys(seen))
}

// distinct takes those of the names that leave no two members of a record with
// one name, in the order of memberNames.
func distinct(wanted map[string]string) map[string]string {
	taken := make(map[string]string)
	for _, name := range memberNames() {
		if _, ok := wanted[name]; !ok {
			continue
		}
		taken[name] = wanted[name]
		if clash(taken) {
			delete(taken, name)
		}
	}
	return taken
}

func clash(names map[string]string) bool {
	for _, f := range forms() {
		for _, members := range records(f) {
			seen := make(map[string]bool)
			for _, ours := range members {
				theirs := ours
				if t, ok := names[ours]; ok {
					theirs = t
				}
				if seen[theirs] {
					return true
				}
				seen[theirs] = true
			}
		}
	}
	return false
}

// all renames every member.
func all(rename func(string) string) map[string]string {
	names := make(map[string]string)
	for _, name := range memberNames() {
		names[name] = rename(name)
	}
	return distinct(names)
}

func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func pascal(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

func kebab(name string) string { return strings.ReplaceAll(snake(name), "_", "-") }

// synonyms are other words for the members, as programs of this kind have them.
func synonyms() map[string][]string {
	return map[string][]string{
		"id": {"uid", "recordId", "key"}, "number": {"docNumber", "reference", "serial"}, "status": {"state", "phase", "lifecycle"},
		"clientId": {"customerId", "accountHolderId", "debtorNo"}, "clientName": {"customer", "customerName", "billedTo"},
		"clientEmail": {"customerEmail", "mailTo"}, "invoiceDate": {"issued", "dateOfIssue", "taxPoint"}, "dueDate": {"payableUntil", "deadline", "dueOn"},
		"quoteDate": {"offered", "estimateDate"}, "expiryDate": {"validThrough", "expires"}, "date": {"day", "bookedOn", "when"},
		"total": {"grossAmount", "grandTotal", "sumTotal"}, "subtotal": {"netAmount", "beforeTax"}, "taxTotal": {"vatAmount", "salesTax"},
		"paid": {"settled", "amountPaid", "receivedSoFar"}, "outstanding": {"openBalance", "toPay", "amountDue"},
		"items": {"positions", "lineItems", "details"}, "lines": {"entries", "movements", "postings"}, "rows": {"records", "accounts", "details"},
		"sections": {"groups", "blocks", "parts"}, "totals": {"summary", "aggregates", "figures"}, "amount": {"value", "sum", "balance"},
		"amounts": {"byBucket", "columnsOf", "valuesOf"}, "buckets": {"brackets", "ageBands", "intervals"}, "documents": {"openItems", "unpaid", "bills"},
		"contactId": {"partnerId", "partyId"}, "contactName": {"partner", "partyName"}, "quantity": {"qty", "units", "pieces"},
		"price": {"unitPrice", "rate", "each"}, "net": {"netValue", "exTax"}, "tax": {"vat", "duty"}, "gross": {"incTax", "grossValue"},
		"currency": {"currencyCode", "ccy", "denomination"}, "start": {"from", "begins", "firstDay"}, "end": {"until", "ends", "lastDay"},
		"asOf": {"asAt", "balanceDate", "reportDate"}, "basis": {"method", "accountingBasis"}, "opening": {"broughtForward", "startBalance"},
		"closing": {"carriedForward", "endBalance"}, "debit": {"dr", "charge"}, "credit": {"cr", "discharge"}, "name": {"title", "caption", "displayName"},
		"code": {"nominal", "accountNumber"}, "accountId": {"ledgerId", "nominalId"}, "agencies": {"authorities", "taxOffices"}, "rate": {"percent", "percentage"},
		"original": {"billed", "initialAmount"}, "remaining": {"stillOpen", "residual"}, "remainingBase": {"residualHome", "openInHome"},
		"revenue": {"turnover", "sales"}, "netProfit": {"netIncome", "result"}, "assets": {"totalAssets"}, "payments": {"paidOver", "remitted"},
	}
}

// renamed gives a part of the members other words, by chance.
func renamed(r *rand.Rand, part float64) map[string]string {
	names := make(map[string]string)
	words := synonyms()
	for _, name := range slices.Sorted(maps.Keys(words)) {
		if r.Float64() < part {
			names[name] = words[name][r.IntN(len(words[name]))]
		}
	}
	return distinct(names)
}

// meaningless gives some of the members names that say nothing.
func meaningless(r *rand.Rand, many int) map[string]string {
	names := make(map[string]string)
	for _, i := range r.Perm(len(memberNames()))[:many] {
		names[memberNames()[i]] = fmt.Sprintf("%c%c%d", 'a'+rune(r.IntN(26)), 'a'+rune(r.IntN(26)), r.IntN(90)+10)
	}
	return distinct(names)
}

// operations calls set for every operation that has an answer, with a dialect's
// own part for it.
func operations(set func(op fisklapi.Operation, form *dialect.Form, o *dialect.Operation)) map[string]dialect.Operation {
	all := make(map[string]dialect.Operation)
	for _, e := range fisklapi.Endpoints() {
		form := fisklapi.FormOf(e.Operation)
		if form == nil {
			continue
		}
		var o dialect.Operation
		set(e.Operation, form, &o)
		all[string(e.Operation)] = o
	}
	return all
}
