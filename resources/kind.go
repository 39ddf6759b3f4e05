package resources

import (
	"context"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// kind is one kind of resource.
type kind struct {
	folder      string
	description string // our own words, never somebody's
	toolset     string // it is offered as the tools of this set are

	// id names what follows the folder; empty where nothing does.
	id string

	// parameters may follow, and forms are what it can be read as besides JSON.
	parameters []string
	forms      []form

	// needs are the operations without which it has no use.
	needs []fisklapi.Operation

	read func(ctx context.Context, api *fisklapi.Client, a address) (any, error)
}

// name is how lists call it.
func (k kind) name() string { return k.folder }

// title is its name for people.
func (k kind) title() string {
	s := strings.ReplaceAll(k.folder, "-", " ")
	if k.id == "id" {
		s = strings.TrimSuffix(s, "s")
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// takes are all parameters that it has.
func (k kind) takes() []string {
	all := append([]string{}, k.parameters...)
	if len(k.forms) > 0 {
		all = append(all, "format")
	}
	return all
}

// kinds are all there are, files apart.
func kinds() []kind {
	return []kind{
		fixed("company", "Profile of the company: currency, country, time zone, fiscal year, locked period.", "context", company, fisklapi.OpGetCompany),
		fixed("date-periods", "Fiskl's named periods with their dates.", "context", periods, fisklapi.OpListDatePeriods),
		fixed("permissions", "What this credential may do, and what it lacks.", "context", permissions, fisklapi.OpGetPermissions),
		fixed("attention", "What to look at first in last month's books: counts, and the most urgent findings of review_books.", "reports", attention, fisklapi.OpGetCompany),
		fixed("accounts", "Chart of accounts with codes and ids.", "reports", accounts, fisklapi.OpListAccounts),
		fixed("taxes", "Tax rates and groups.", "catalog", taxes, fisklapi.OpListTaxes),
		record("clients", "One client, by id or exact name.", "contacts", client, fisklapi.OpGetClient),
		record("vendors", "One vendor, by id or exact name.", "contacts", vendor, fisklapi.OpGetVendor),
		record("invoices", "One invoice with its lines, taxes and balance, by id or number: JSON, or a page to read with format=markdown.", "invoicing", invoice, fisklapi.OpGetInvoice, markdownForm()),
		record("quotes", "One quote with its lines, by id or number.", "quotes", quote, fisklapi.OpGetQuote),
		record("payments", "One payment and its invoice, by id.", "payments", payment, fisklapi.OpGetPayment),
		record("products", "One product or service, by id or exact name.", "catalog", product, fisklapi.OpGetProduct),
		{
			folder: "reports", id: "report", toolset: "reports", read: report, needs: []fisklapi.Operation{fisklapi.OpGetProfitAndLoss},
			description: "A financial report over a period, such as profit_and_loss: JSON, or format=markdown or csv.",
			parameters:  []string{"period", "start", "end", "basis"}, forms: []form{markdownForm(), csvForm()},
		},
	}
}

type reading = func(ctx context.Context, api *fisklapi.Client, a address) (any, error)

func fixed(folder, description, toolset string, read reading, needs fisklapi.Operation) kind {
	return kind{folder: folder, description: description, toolset: toolset, read: read, needs: []fisklapi.Operation{needs}}
}

func record(folder, description, toolset string, read reading, needs fisklapi.Operation, forms ...form) kind {
	k := fixed(folder, description, toolset, read, needs)
	k.id, k.forms = "id", forms
	return k
}

// template is the address of all resources of the kind (RFC 6570).
func (k kind) template(several bool) string {
	t := schemas.Scheme + k.folder
	if k.id != "" {
		t += "/{" + k.id + "}"
	}
	query := k.takes()
	if several {
		query = append(query, companyParameter)
	}
	if len(query) > 0 {
		t += "{?" + strings.Join(query, ",") + "}"
	}
	return t
}
