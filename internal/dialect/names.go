package dialect

import (
	"slices"
	"strings"
	"unicode"
)

// wordsOf takes a name apart: invoiceDate, invoice_date and InvoiceDate are
// "invoice", "date".
func wordsOf(name string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, singular(strings.ToLower(string(word))))
		}
		word = nil
	}
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case unicode.IsUpper(r) && (i > 0 && unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			flush()
		}
		word = append(word, r)
	}
	flush()
	return words
}

func singular(word string) string {
	switch {
	case len(word) > 4 && strings.HasSuffix(word, "ies"):
		return word[:len(word)-3] + "y"
	case len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us") && !strings.HasSuffix(word, "is"):
		return word[:len(word)-1]
	default:
		return word
	}
}

// noise are words that tell nothing in the name of a value of a kind.
func noise(k Kind) []string {
	switch k {
	case Amount:
		return []string{"amount", "value", "grand", "total", "sum", "minor", "cent", "unit", "of", "the", "raw", "data", "current"}
	case Day:
		return []string{"date", "day", "at", "on", "value", "of", "the", "local", "iso", "data"}
	case Count:
		return []string{"count", "number", "no", "num", "of", "value", "quantity", "the", "data"}
	case Decimal:
		return []string{"value", "of", "the", "data", "percent", "number"}
	case List, Amounts:
		return []string{"list", "data", "value", "item", "report", "of", "the", "detail", "all"}
	case Flag:
		return []string{"is", "has", "flag"}
	default:
		return []string{"code", "value", "iso", "field", "data", "of", "the", "text"}
	}
}

// alike are words that accounting programs use for the same thing. The first of
// each is the one they are compared by.
var alike = [][]string{
	{"client", "customer", "contact", "buyer", "debtor", "vendor", "supplier", "party", "payee", "payer", "partner", "recipient", "billto", "account_holder"},
	{"outstanding", "due", "remaining", "unpaid", "balance", "open", "owed", "owing", "remainder", "residual", "unsettled", "left"},
	{"paid", "settled", "received", "collected"},
	{"status", "state", "stage", "phase"},
	{"id", "uuid", "guid", "identifier", "pk", "oid"},
	{"number", "no", "num", "nr", "reference", "ref"},
	{"name", "title", "label", "caption"},
	{"email", "mail", "emailaddress"},
	{"phone", "telephone", "mobile", "tel"},
	{"tax", "vat", "gst"},
	{"net", "subtotal", "untaxed"},
	{"total", "gross", "sum", "grandtotal", "amount"},
	{"quantity", "qty", "unit_count"},
	{"price", "rate", "unitprice"},
	{"item", "line", "position", "entry", "lineitem", "transaction", "posting", "movement"},
	{"row", "account", "line", "entry", "item", "detail", "record"},
	{"section", "group", "category", "block", "part", "currency", "heading"},
	{"agency", "authority", "taxagency", "jurisdiction"},
	{"start", "from", "begin", "since", "after", "startdate", "fromdate"},
	{"end", "to", "until", "till", "before", "enddate", "todate"},
	{"opening", "open", "start", "beginning", "initial", "broughtforward", "forward"},
	{"closing", "close", "end", "ending", "final", "carriedforward"},
	{"issue", "issued", "invoice", "raised", "document", "created", "billed", "bill"},
	{"due", "payable", "maturity", "deadline"},
	{"expiry", "expire", "expiration", "valid", "validity"},
	{"overdue", "late", "pastdue", "delinquent", "arrear"},
	{"bucket", "band", "range", "interval", "period", "bracket"},
	{"type", "kind", "class", "category"},
	{"account", "ledger", "nominal"},
	{"code", "number", "no", "nominal"},
	{"basis", "method", "accounting"},
	{"country", "countrycode"},
	{"currency", "currencycode", "ccy", "cur"},
	{"description", "memo", "text", "narrative", "detail", "note"},
	{"note", "comment", "remark", "memo"},
	{"archived", "inactive", "disabled", "hidden"},
	{"default", "standard", "primary"},
	{"actor", "user", "author", "by", "who"},
	{"action", "operation", "event", "verb"},
	{"at", "time", "timestamp", "when", "date", "occurred"},
	{"before", "old", "previous", "from"},
	{"after", "new", "next", "to"},
	{"record", "entity", "object", "subject", "resource", "document"},
	{"change", "diff", "delta", "modification"},
	{"revenue", "income", "sale", "turnover"},
	{"profit", "income", "earning", "result", "surplus"},
	{"cost", "expense", "cogs"},
	{"liability", "debt"},
	{"day", "duration"},
	{"average", "avg", "mean"},
	{"date", "day", "on"},
	{"original", "gross", "full", "invoiced"},
	{"payment", "receipt"},
	{"formula", "calculation", "expression", "definition"},
	{"input", "component", "operand", "term", "part", "source"},
	{"column", "period", "comparison"},
}

// sameWord reports two words that may stand for the same thing.
func sameWord(a, b string) bool {
	return a == b || slices.ContainsFunc(alike, func(group []string) bool {
		return slices.Contains(group, a) && slices.Contains(group, b)
	})
}

// Likeness says how surely a member is the one that a field of the canonical
// form is looked for under.
type Likeness int

// The steps of likeness. From Certain on a name is taken without further
// evidence; below it the arithmetic has to decide.
const (
	Unlike   Likeness = 0
	Vague    Likeness = 40 // one has a word that the other has not
	Alike    Likeness = 60 // words that may mean the same, and some that tell nothing
	Certain  Likeness = 80 // the same words but for those that tell nothing, or a name known for it
	Spelling Likeness = 95 // the same name spelt otherwise
	Same     Likeness = 100
)

// likeness compares the name of a field with a path of member names. noun is
// what the record is: an invoice's "invoiceNumber" is its number.
func likeness(f Field, path []string, noun string) Likeness {
	field := f.Name
	if len(path) == 1 && path[0] == field {
		return Same
	}
	want := wordsOf(field)
	var have []string
	for _, name := range path {
		if strings.EqualFold(name, "attributes") || strings.EqualFold(name, "_attributes") {
			continue
		}
		have = append(have, wordsOf(name)...)
	}
	have = slices.Compact(have)
	if slices.Equal(want, have) {
		return Spelling
	}
	if known(field, strings.Join(have, " ")) {
		return Certain + 5
	}
	return compareWords(want, have, noun, noise(f.Form.Kind))
}

func compareWords(want, have []string, noun string, noise []string) Likeness {
	// Of the field's own words only the noun may go without saying.
	w := slices.DeleteFunc(slices.Clone(want), func(one string) bool { return one == noun && len(want) > 1 && !slices.Contains(have, one) })
	h := slices.DeleteFunc(slices.Clone(have), func(one string) bool {
		return !slices.Contains(want, one) && (one == noun || slices.Contains(noise, one))
	})
	switch {
	case len(w) == 0 || len(h) == 0:
		return Unlike
	case slices.Equal(sorted(w), sorted(h)):
		return Certain + Likeness(max(0, 4-len(have)+len(h))) // the fewer words that tell nothing the likelier
	default:
		return compareTelling(w, h)
	}
}

// compareTelling compares words of which each tells something.
func compareTelling(want, have []string) Likeness {
	missing, extra := without(want, have), without(have, want)
	switch {
	case missing+extra == 0:
		return Alike
	case missing == 0 || extra == 0 && missing < len(want):
		return Vague
	default:
		return Unlike
	}
}

// without counts the words for which there is no like among others.
func without(words, others []string) int {
	n := 0
	for _, one := range words {
		if !slices.ContainsFunc(others, func(o string) bool { return sameWord(one, o) }) {
			n++
		}
	}
	return n
}

func sorted(words []string) []string {
	words = slices.Clone(words)
	slices.Sort(words)
	return words
}
