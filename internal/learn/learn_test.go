package learn_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/learn"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

type dialectOf struct{ d dialect.Dialect }

// TestLearn learns each shape, and finds that what is read with it is what the
// plain sandbox answers.
func TestLearn(t *testing.T) {
	t.Parallel()
	plain := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
	wanted := canonical(t, plain)
	for _, s := range slowtest.Of(4, shapes()) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			h := s.handler(plain)
			d, report, err := learn.Learn(t.Context(), over(t, h), learn.Options{Base: "http://127.0.0.1", Now: noon()})
			if err != nil {
				t.Fatal(err)
			}
			if report.Requests > learn.DefaultRequests {
				t.Errorf("%d requests", report.Requests)
			}
			compared := compare(t, s, &d, h, wanted)
			if compared < 20 {
				t.Errorf("only %d operations were compared", compared)
			}
			if s.check != nil {
				s.check(t, learned{dialectOf{d}, report})
			}
			if problems := learn.Recheck(t.Context(), over(t, h), &d, learn.Options{Now: noon()}); len(problems) > 0 {
				t.Errorf("what was learned does not hold: %v", problems)
			}
			if t.Failed() {
				t.Log(strings.Join(report.Sentences(), "\n"))
			}
		})
	}
}

// canonical are the answers of the plain sandbox.
func canonical(t *testing.T, plain http.Handler) []asks {
	t.Helper()
	ours := over(t, plain)
	all := questions(t, ours)
	for i, q := range all {
		body, err := ours.Read(t.Context(), endpoint(q.op), q.ids, q.query)
		if err != nil {
			t.Fatal(err)
		}
		n, _ := dialect.Parse(body)
		n, _ = dialect.Mapping{}.Read(fisklapi.FormOf(q.op), &n)
		all[i].want = pruned(fisklapi.FormOf(q.op), &n)
	}
	return all
}

// compare reads every operation of a shape with its dialect, and the sandbox
// as it is.
func compare(t *testing.T, s shape, d *dialect.Dialect, h http.Handler, wanted []asks) int {
	t.Helper()
	theirs := over(t, h)
	count := 0
	for _, q := range wanted {
		form := fisklapi.FormOf(q.op)
		if slices.Contains(s.apart, q.op) {
			continue
		}
		e := endpoint(q.op)
		if to := d.Operations[string(q.op)].Path; to != "" {
			e.Path = to
		}
		body, err := theirs.Read(t.Context(), e, q.ids, spoken(d, q))
		if err != nil {
			t.Errorf("%s: %v", q.op, err)
			continue
		}
		n, _ := dialect.Parse(body)
		m, known := d.Answer(string(q.op), form, nil)
		if !known {
			in, err := dialect.Infer(form, &n, dialect.Known{})
			if err != nil || len(in.Missing) > 0 {
				t.Errorf("%s: not known, and %v %v", q.op, err, in.Missing)
				continue
			}
			m = in.Mapping
		}
		got, err := m.Read(form, &n)
		if err != nil {
			t.Errorf("%s: %v", q.op, err)
			continue
		}
		if a, b := pruned(form, &got), q.want; a != b {
			i := 0
			for i < len(a) && i < len(b) && a[i] == b[i] {
				i++
			}
			i = max(0, i-60)
			t.Errorf("%s: got\n%.200s\nnot\n%.200s", q.op, a[i:], b[i:])
		}
		count++
	}
	return count
}

// spoken is a query as a dialect has it.
func spoken(d *dialect.Dialect, q asks) url.Values {
	out := url.Values{}
	for name, v := range q.query {
		to, ok := d.Parameter(string(q.op), name)
		if !ok {
			continue
		}
		if name == "page" && d.Pages.First == 1 {
			n, _ := strconv.Atoi(v[0])
			v = []string{strconv.Itoa(n + 1)}
		}
		out[to] = v
	}
	return out
}

func endpoint(op fisklapi.Operation) fisklapi.Endpoint {
	for _, e := range fisklapi.Endpoints() {
		if e.Operation == op {
			return e
		}
	}
	return fisklapi.Endpoint{}
}

type asks struct {
	op    fisklapi.Operation
	ids   []string
	query url.Values
	want  string // what the plain sandbox answers, in the canonical form
}

// questions are other ones than were asked when it was learned.
func questions(t *testing.T, ours learn.Source) []asks {
	t.Helper()
	id := func(op fisklapi.Operation, query url.Values) string {
		body, err := ours.Read(t.Context(), endpoint(op), nil, query)
		if err != nil {
			t.Fatal(err)
		}
		n, _ := dialect.Parse(body)
		return n.Items[1].Get("id").String()
	}
	span := url.Values{"start": {"2026-03-01"}, "end": {"2026-05-31"}}
	page := url.Values{"page": {"0"}, "size": {"20"}}
	paged := url.Values{"start": {"2026-03-01"}, "end": {"2026-05-31"}, "page": {"0"}, "size": {"50"}}
	at := url.Values{"end": {"2026-05-31"}}
	client := id(fisklapi.OpListClients, nil)
	all := []asks{
		{op: fisklapi.OpListInvoices, query: page},
		{op: fisklapi.OpListInvoices, query: paged},
		{op: fisklapi.OpListInvoices, query: url.Values{"page": {"1"}, "size": {"70"}}},
		{op: fisklapi.OpListClients, query: page},
		{op: fisklapi.OpListVendors, query: page},
		{op: fisklapi.OpListQuotes, query: page},
		{op: fisklapi.OpListProducts, query: page},
		{op: fisklapi.OpListAccounts, query: page},
		{op: fisklapi.OpListPayments, query: paged},
		{op: fisklapi.OpListTaxes, query: nil},
		{op: fisklapi.OpGetCompany, query: nil},
		{op: fisklapi.OpListDatePeriods, query: nil},
		{op: fisklapi.OpListChanges, query: page},
		{op: fisklapi.OpGetInvoice, ids: []string{id(fisklapi.OpListInvoices, nil)}, query: nil},
		{op: fisklapi.OpGetClient, ids: []string{client}, query: nil},
		{op: fisklapi.OpGetQuote, ids: []string{id(fisklapi.OpListQuotes, nil)}, query: nil},
		{op: fisklapi.OpGetProduct, ids: []string{id(fisklapi.OpListProducts, nil)}, query: nil},
		{op: fisklapi.OpGetPayment, ids: []string{id(fisklapi.OpListPayments, span)}, query: nil},
		{op: fisklapi.OpGetTax, ids: []string{id(fisklapi.OpListTaxes, nil)}, query: nil},
		{op: fisklapi.OpGetVendor, ids: []string{id(fisklapi.OpListVendors, nil)}, query: nil},
		{op: fisklapi.OpGetStatementOfAccount, query: url.Values{"start": {"2026-03-01"}, "end": {"2026-05-31"}, "clientId": {client}}},
		{op: fisklapi.OpGetInvoiceTotals, query: nil},
		{op: fisklapi.OpGetReceivablesAging, query: url.Values{"end": {"2026-05-31"}, "detail": {"true"}}},
		{op: fisklapi.OpGetPayablesAging, query: at},
		{op: fisklapi.OpGetBalanceSheet, query: at},
		{op: fisklapi.OpGetTrialBalance, query: at},
		{op: fisklapi.OpGetProfitAndLoss, query: url.Values{"start": {"2026-03-01"}, "end": {"2026-05-31"}, "compare": {"1"}}},
		{op: fisklapi.OpGetGeneralLedger, query: paged},
		{op: fisklapi.OpGetTransactionDetail, query: paged},
	}
	for _, op := range []fisklapi.Operation{
		fisklapi.OpGetCashFlow, fisklapi.OpGetFinancialRatios, fisklapi.OpGetTaxReport, fisklapi.OpGetTopClients, fisklapi.OpGetDaysToPay, fisklapi.OpGetDaysOverdue,
	} {
		all = append(all, asks{op: op, query: span})
	}
	return all
}

// pruned is what a form knows of an answer, as JSON.
func pruned(form *dialect.Form, n *dialect.Node) string {
	out := prune(form, n)
	return string(out.Append(nil))
}

func prune(form *dialect.Form, n *dialect.Node) dialect.Node {
	switch {
	case form.Kind == dialect.List && n.Type == dialect.Array:
		out := dialect.Node{Type: dialect.Array}
		for i := range n.Items {
			out.Items = append(out.Items, prune(form.Elem, &n.Items[i]))
		}
		return out
	case form.Kind == dialect.Record && n.Type == dialect.Object:
		out := dialect.Node{Type: dialect.Object}
		for _, f := range form.Fields {
			if v := n.Get(f.Name); v != nil && v.Type != dialect.Null {
				out.Members = append(out.Members, dialect.Member{Name: f.Name, Value: prune(f.Form, v)})
			}
		}
		return out
	case form.Kind == dialect.Amounts:
		out := *n
		out.Members = slices.Clone(n.Members)
		for i := range out.Members {
			if len(form.Fields) == 0 {
				out.Members[i].Name = string(out.Members[i].Value.Raw) // their names are words to show
			}
		}
		slices.SortFunc(out.Members, func(a, b dialect.Member) int { return strings.Compare(a.Name, b.Name) })
		return out
	case n.Type <= dialect.Array && n.Type >= dialect.Number:
		return dialect.Text(n.String())
	default:
		return *n
	}
}
