package learn_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/learn"
)

type dialectOf struct{ d dialect.Dialect }

// TestLearn learns each shape, and finds that what is read with it is what the
// plain sandbox answers.
func TestLearn(t *testing.T) {
	t.Parallel()
	plain := sandbox.New(sandbox.Options{Now: noon})
	for _, s := range shapes() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			h := s.handler(plain)
			d, report, err := learn.Learn(t.Context(), over(t, h), learn.Options{Base: "http://127.0.0.1", Now: noon()})
			if err != nil {
				t.Fatal(err)
			}
			if os.Getenv("LEARN_SHOW") != "" {
				fmt.Println(strings.Join(report.Sentences(), "\n"))
				_ = d.Write(os.Stdout)
			}
			if report.Requests > learn.DefaultRequests {
				t.Errorf("%d requests", report.Requests)
			}
			compared := compare(t, s, &d, h, plain)
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

// compare reads every operation of a shape with its dialect, and the sandbox
// as it is.
func compare(t *testing.T, s shape, d *dialect.Dialect, h, plain http.Handler) int {
	t.Helper()
	theirs, ours := over(t, h), over(t, plain)
	count := 0
	for _, q := range questions(t, ours) {
		form := fisklapi.FormOf(q.op)
		if slices.Contains(s.apart, q.op) {
			continue
		}
		e := endpoint(q.op)
		want, err := ours.Read(t.Context(), e, q.ids, q.query)
		if err != nil {
			t.Fatal(err)
		}
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
		wanted, _ := dialect.Parse(want)
		wanted, _ = dialect.Mapping{}.Read(form, &wanted)
		if a, b := pruned(form, &got), pruned(form, &wanted); a != b {
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
			v = []string{"1"}
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
		{fisklapi.OpListInvoices, nil, page}, {fisklapi.OpListInvoices, nil, paged}, {fisklapi.OpListClients, nil, page}, {fisklapi.OpListVendors, nil, page},
		{fisklapi.OpListQuotes, nil, page}, {fisklapi.OpListProducts, nil, page}, {fisklapi.OpListAccounts, nil, page},
		{fisklapi.OpListPayments, nil, paged}, {fisklapi.OpListTaxes, nil, nil}, {fisklapi.OpGetCompany, nil, nil}, {fisklapi.OpListDatePeriods, nil, nil},
		{fisklapi.OpListChanges, nil, page},
		{fisklapi.OpGetInvoice, []string{id(fisklapi.OpListInvoices, nil)}, nil}, {fisklapi.OpGetClient, []string{client}, nil},
		{fisklapi.OpGetQuote, []string{id(fisklapi.OpListQuotes, nil)}, nil}, {fisklapi.OpGetProduct, []string{id(fisklapi.OpListProducts, nil)}, nil},
		{fisklapi.OpGetPayment, []string{id(fisklapi.OpListPayments, span)}, nil}, {fisklapi.OpGetVendor, []string{id(fisklapi.OpListVendors, nil)}, nil},
		{fisklapi.OpGetStatementOfAccount, nil, url.Values{"start": {"2026-03-01"}, "end": {"2026-05-31"}, "clientId": {client}}},
		{fisklapi.OpGetInvoiceTotals, nil, nil},
		{fisklapi.OpGetReceivablesAging, nil, url.Values{"end": {"2026-05-31"}, "detail": {"true"}}}, {fisklapi.OpGetPayablesAging, nil, at},
		{fisklapi.OpGetBalanceSheet, nil, at}, {fisklapi.OpGetTrialBalance, nil, at},
		{fisklapi.OpGetProfitAndLoss, nil, url.Values{"start": {"2026-03-01"}, "end": {"2026-05-31"}, "compare": {"1"}}},
		{fisklapi.OpGetGeneralLedger, nil, paged}, {fisklapi.OpGetTransactionDetail, nil, paged},
	}
	for _, op := range []fisklapi.Operation{
		fisklapi.OpGetCashFlow, fisklapi.OpGetFinancialRatios, fisklapi.OpGetTaxReport, fisklapi.OpGetTopClients, fisklapi.OpGetDaysToPay, fisklapi.OpGetDaysOverdue,
	} {
		all = append(all, asks{op, nil, span})
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
			if v := n.Get(f.Name); v != nil {
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
