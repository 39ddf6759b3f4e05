package oauth

import (
	"slices"
	"strings"
)

// Scope is what a user can let an app do.
type Scope struct {
	Name        string
	Sentence    string   // What the consent page says of it.
	Permissions []string // Those of its holder that it lets through.
}

// Writes reports whether a scope lets an app change the books.
func (s Scope) Writes() bool { return strings.HasSuffix(s.Name, ":write") }

// Scopes are all that Fiskl documents, in its order. Its tables give audit:read no permission and no scope to
// integration.write, though its guides name audit:read and two scopes for webhooks, which are not in the sandbox: for the
// first the permission of the same name is inferred, the others let nothing through.
func Scopes() []Scope {
	return []Scope{
		scope("contacts:read", "See your clients and vendors", "client.read vendor.read"),
		scope("contacts:write", "Add, change and archive clients and vendors", "client.write client.delete vendor.write vendor.delete"),
		scope("invoicing:read", "See your invoices and quotes", "billing_item.read invoice.read quote.read"),
		scope("invoicing:write", "Draft, change, send and void invoices and quotes",
			"billing_item.write billing_item.delete invoice.write invoice.send invoice.void invoice.delete quote.write quote.send quote.delete"),
		scope("payments:read", "See payments, and the bank details on invoices", "payment.read payment_instruction.read"),
		scope("payments:write", "Record, refund and delete payments", "payment.write payment.refund payment.delete"),
		scope("products:read", "See your products and services", "product.read"),
		scope("products:write", "Add, change and delete products and services", "product.write product.delete"),
		scope("bills:read", "See the bills of your vendors", "bill.read"),
		scope("bills:write", "Add, change and delete bills", "bill.write bill.delete"),
		scope("accounting:read", "See the ledger, your accounts and exchange rates", "accounting.read fx_rate.read"),
		scope("accounting:write", "Reconcile bank transactions", "accounting.reconcile"),
		scope("banking:read", "See your bank connections", "bank_connection.read"),
		scope("banking:write", "Connect, refresh and disconnect banks", "bank_connection.write bank_connection.delete"),
		scope("company:read", "See your company's settings", "company.read"),
		scope("company:write", "Change your company's address and fiscal year", "company.write"),
		scope("reports:read", "Open and export your financial reports", "report.read report.export"),
		scope("taxes:read", "See your tax numbers, rates and groups", "tax.read"),
		scope("audit:read", "See who changed what, and when", "audit.read"),
		scope("webhooks:read", "See where Fiskl sends notices of changes", ""),
		scope("webhooks:write", "Choose where Fiskl sends notices of changes", ""),
	}
}

func scope(name, sentence, permissions string) Scope {
	return Scope{name, sentence, strings.Fields(permissions)}
}

// Permitted are those of a user's permissions that scopes let through, in the user's order.
func Permitted(permissions, scopes []string) []string {
	permitted := []string{}
	for _, permission := range permissions {
		if slices.ContainsFunc(Scopes(), func(s Scope) bool {
			return slices.Contains(scopes, s.Name) && slices.Contains(s.Permissions, permission)
		}) {
			permitted = append(permitted, permission)
		}
	}
	return permitted
}

func scopeNames() []string {
	var names []string
	for _, s := range Scopes() {
		names = append(names, s.Name)
	}
	return names
}

// known are the scopes of that name, in the order of [Scopes].
func known(names []string) []Scope {
	return slices.DeleteFunc(Scopes(), func(s Scope) bool { return !slices.Contains(names, s.Name) })
}
