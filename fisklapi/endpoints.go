package fisklapi

import (
	"net/http"
	"slices"
)

// Operation is an operationId of openapi.yaml.
type Operation string

// The operations of Fiskl's public API, in the contract's order.
const (
	OpListClients           Operation = "listClients"
	OpCreateClient          Operation = "createClient"
	OpGetClient             Operation = "getClient"
	OpUpdateClient          Operation = "updateClient"
	OpListVendors           Operation = "listVendors"
	OpCreateVendor          Operation = "createVendor"
	OpGetVendor             Operation = "getVendor"
	OpUpdateVendor          Operation = "updateVendor"
	OpListInvoices          Operation = "listInvoices"
	OpCreateInvoice         Operation = "createInvoice"
	OpPreviewInvoice        Operation = "previewInvoice"
	OpGetInvoice            Operation = "getInvoice"
	OpUpdateInvoice         Operation = "updateInvoice"
	OpSendInvoice           Operation = "sendInvoice"
	OpMarkInvoicePaid       Operation = "markInvoicePaid"
	OpListQuotes            Operation = "listQuotes"
	OpGetQuote              Operation = "getQuote"
	OpListPayments          Operation = "listPayments"
	OpRecordPayment         Operation = "recordPayment"
	OpGetPayment            Operation = "getPayment"
	OpListProducts          Operation = "listProducts"
	OpCreateProduct         Operation = "createProduct"
	OpGetProduct            Operation = "getProduct"
	OpUpdateProduct         Operation = "updateProduct"
	OpListTaxes             Operation = "listTaxes"
	OpGetTax                Operation = "getTax"
	OpGetCompany            Operation = "getCompany"
	OpListAccounts          Operation = "listAccounts"
	OpGetProfitAndLoss      Operation = "getProfitAndLoss"
	OpGetBalanceSheet       Operation = "getBalanceSheet"
	OpGetTrialBalance       Operation = "getTrialBalance"
	OpGetCashFlow           Operation = "getCashFlow"
	OpGetFinancialRatios    Operation = "getFinancialRatios"
	OpGetReceivablesAging   Operation = "getReceivablesAging"
	OpGetPayablesAging      Operation = "getPayablesAging"
	OpGetGeneralLedger      Operation = "getGeneralLedger"
	OpGetTransactionDetail  Operation = "getTransactionDetail"
	OpGetStatementOfAccount Operation = "getStatementOfAccount"
	OpGetTaxReport          Operation = "getTaxReport"
	OpGetTopClients         Operation = "getTopClients"
	OpGetInvoiceTotals      Operation = "getInvoiceTotals"
	OpGetDaysToPay          Operation = "getDaysToPay"
	OpGetDaysOverdue        Operation = "getDaysOverdue"
	OpListChanges           Operation = "listChanges"
	OpGetRecordHistory      Operation = "getRecordHistory"
	OpListDatePeriods       Operation = "listDatePeriods"
	OpGetPermissions        Operation = "getPermissions"
	OpCreateFeatureRequest  Operation = "createFeatureRequest"
)

// Endpoint says where an operation lives and what a credential needs for it.
// Path is below the API's host, with its parameters in braces. An API key needs
// Permission and an OAuth token Scope; both are empty where any credential will do.
//
// Permissions and scopes are documented by Fiskl. Few paths are: openapi.yaml says which.
type Endpoint struct {
	Operation  Operation
	Method     string
	Path       string
	Permission string
	Scope      string
}

// Endpoints returns the whole table in the contract's order.
func Endpoints() []Endpoint {
	return slices.Concat(
		contactEndpoints(),
		invoicingEndpoints(),
		paymentEndpoints(),
		productEndpoints(),
		companyEndpoints(),
		reportEndpoints(),
		insightEndpoints(),
		auditEndpoints(),
		ownEndpoints(),
	)
}

func contactEndpoints() []Endpoint {
	return []Endpoint{
		{OpListClients, http.MethodGet, "/v1/clients", "client.read", "contacts:read"},
		{OpCreateClient, http.MethodPost, "/v1/clients", "client.write", "contacts:write"},
		{OpGetClient, http.MethodGet, "/v1/clients/{id}", "client.read", "contacts:read"},
		{OpUpdateClient, http.MethodPut, "/v1/clients/{id}", "client.write", "contacts:write"},
		{OpListVendors, http.MethodGet, "/v1/vendors", "vendor.read", "contacts:read"},
		{OpCreateVendor, http.MethodPost, "/v1/vendors", "vendor.write", "contacts:write"},
		{OpGetVendor, http.MethodGet, "/v1/vendors/{id}", "vendor.read", "contacts:read"},
		{OpUpdateVendor, http.MethodPut, "/v1/vendors/{id}", "vendor.write", "contacts:write"},
	}
}

func invoicingEndpoints() []Endpoint {
	return []Endpoint{
		{OpListInvoices, http.MethodGet, "/v1/invoices", "invoice.read", "invoicing:read"},
		{OpCreateInvoice, http.MethodPost, "/v1/invoices", "invoice.write", "invoicing:write"},
		{OpPreviewInvoice, http.MethodPost, "/v1/invoices/preview", "invoice.write", "invoicing:write"},
		{OpGetInvoice, http.MethodGet, "/v1/invoices/{id}", "invoice.read", "invoicing:read"},
		{OpUpdateInvoice, http.MethodPut, "/v1/invoices/{id}", "invoice.write", "invoicing:write"},
		{OpSendInvoice, http.MethodPost, "/v1/invoices/{id}/send", "invoice.send", "invoicing:write"},
		{OpMarkInvoicePaid, http.MethodPost, "/v1/invoices/{id}/mark-paid", "payment.write", "payments:write"},
		{OpListQuotes, http.MethodGet, "/v1/quotes", "quote.read", "invoicing:read"},
		{OpGetQuote, http.MethodGet, "/v1/quotes/{id}", "quote.read", "invoicing:read"},
	}
}

func paymentEndpoints() []Endpoint {
	return []Endpoint{
		{OpListPayments, http.MethodGet, "/v1/payments", "payment.read", "payments:read"},
		{OpRecordPayment, http.MethodPost, "/v1/payments", "payment.write", "payments:write"},
		{OpGetPayment, http.MethodGet, "/v1/payments/{id}", "payment.read", "payments:read"},
	}
}

func productEndpoints() []Endpoint {
	return []Endpoint{
		{OpListProducts, http.MethodGet, "/v1/products", "product.read", "products:read"},
		{OpCreateProduct, http.MethodPost, "/v1/products", "product.write", "products:write"},
		{OpGetProduct, http.MethodGet, "/v1/products/{id}", "product.read", "products:read"},
		{OpUpdateProduct, http.MethodPut, "/v1/products/{id}", "product.write", "products:write"},
	}
}

func companyEndpoints() []Endpoint {
	return []Endpoint{
		{OpListTaxes, http.MethodGet, "/v1/taxes", "tax.read", "taxes:read"},
		{OpGetTax, http.MethodGet, "/v1/taxes/{id}", "tax.read", "taxes:read"},
		{OpGetCompany, http.MethodGet, "/v1/company", "company.read", "company:read"},
		{OpListAccounts, http.MethodGet, "/v1/accounts", "accounting.read", "accounting:read"},
	}
}

func reportEndpoints() []Endpoint {
	report := func(op Operation, name string) Endpoint {
		return Endpoint{op, http.MethodGet, "/v1/reports/" + name, "report.read", "reports:read"}
	}
	return []Endpoint{
		report(OpGetProfitAndLoss, "profit-and-loss"),
		report(OpGetBalanceSheet, "balance-sheet"),
		report(OpGetTrialBalance, "trial-balance"),
		report(OpGetCashFlow, "cash-flow"),
		report(OpGetFinancialRatios, "financial-ratios"),
		report(OpGetReceivablesAging, "receivables-aging"),
		report(OpGetPayablesAging, "payables-aging"),
		report(OpGetGeneralLedger, "general-ledger"),
		report(OpGetTransactionDetail, "transaction-detail"),
		report(OpGetStatementOfAccount, "statement-of-account"),
		report(OpGetTaxReport, "tax-report"),
	}
}

func insightEndpoints() []Endpoint {
	insight := func(op Operation, name string) Endpoint {
		return Endpoint{op, http.MethodGet, "/v1/insights/" + name, "invoice.read", "invoicing:read"}
	}
	return []Endpoint{
		insight(OpGetTopClients, "top-clients"),
		insight(OpGetInvoiceTotals, "invoice-totals"),
		insight(OpGetDaysToPay, "days-to-pay"),
		insight(OpGetDaysOverdue, "days-overdue"),
	}
}

func auditEndpoints() []Endpoint {
	return []Endpoint{
		{OpListChanges, http.MethodGet, "/v1/audit", "audit.read", "audit:read"},
		{OpGetRecordHistory, http.MethodGet, "/v1/audit/{type}/{id}", "audit.read", "audit:read"},
	}
}

func ownEndpoints() []Endpoint {
	return []Endpoint{
		{Operation: OpListDatePeriods, Method: http.MethodGet, Path: "/v1/date-periods"},
		{Operation: OpGetPermissions, Method: http.MethodGet, Path: "/v1/me/permissions"},
		{Operation: OpCreateFeatureRequest, Method: http.MethodPost, Path: "/v1/feature-requests"},
	}
}
