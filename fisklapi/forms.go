package fisklapi

import (
	"reflect"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// forms are the forms of all operations, each made when it is first asked for.
type forms struct {
	mu   sync.Mutex
	made map[formKey]*dialect.Form
}

type formKey struct {
	op     Operation
	detail bool
}

func (f *forms) of(op Operation, detail bool) *dialect.Form {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := formKey{op, detail}
	form, ok := f.made[key]
	if !ok {
		if f.made == nil {
			f.made = make(map[formKey]*dialect.Form)
		}
		if form = FormOf(op); detail {
			form = form.Detailed()
		}
		f.made[key] = form
	}
	return form
}

// FormOf is what an operation has to answer; nil for one whose answer is not
// read.
func FormOf(op Operation) *dialect.Form {
	if form, ok := recordForms()[op]; ok {
		return form(op)
	}
	if form, ok := reportForms()[op]; ok {
		return form(op)
	}
	return nil
}

type formOfOp func(Operation) *dialect.Form

// recordForms are the forms of what is kept in the books.
func recordForms() map[Operation]formOfOp {
	client, vendor, product := of[wireClient]("client"), of[wireVendor]("vendor"), of[wireProduct]("product")
	invoice, payment := of[wireInvoice]("invoice"), of[wirePayment]("payment")
	return map[Operation]formOfOp{
		OpListClients: client, OpGetClient: client, OpCreateClient: client, OpUpdateClient: client,
		OpListVendors: vendor, OpGetVendor: vendor, OpCreateVendor: vendor, OpUpdateVendor: vendor,
		OpListInvoices: listedInvoice, OpGetInvoice: invoice, OpCreateInvoice: invoice, OpUpdateInvoice: invoice,
		// A preview has no number yet, and need not repeat what was sent.
		OpPreviewInvoice: func(op Operation) *dialect.Form {
			return without(invoice(op), "id", "number", "status", "clientId", "clientName", "invoiceDate", "dueDate", "currency", "paid", "outstanding")
		},
		OpListQuotes: func(op Operation) *dialect.Form { return without(one[wireQuote](op, "quote"), "items") },
		OpGetQuote:   of[wireQuote]("quote"),

		OpListPayments: payment, OpGetPayment: payment, OpRecordPayment: payment,
		OpListProducts: product, OpGetProduct: product, OpCreateProduct: product, OpUpdateProduct: product,
		OpListTaxes: of[wireTax]("tax"), OpGetTax: of[wireTax]("tax"), OpListAccounts: of[wireAccount]("account"),
		OpGetCompany: of[wireCompany]("company"), OpListDatePeriods: of[wirePeriod]("period"),
		OpListChanges: of[wireChange]("change"), OpGetRecordHistory: of[wireChange]("change"),
		OpCreateFeatureRequest: of[wireFeature]("request"),
	}
}

// listedInvoice is the form of a list of invoices. It needs what a list shows;
// what else an invoice has may be there, and is then read as in the invoice
// itself: one is looked up by its number in a list.
func listedInvoice(op Operation) *dialect.Form {
	list, whole := one[wireListed](op, "invoice"), formOf(reflect.TypeFor[wireInvoice](), "invoice")
	for _, f := range whole.Fields {
		if list.Elem.Field(f.Name) == nil {
			f.Need = dialect.Optional
			list.Elem.Fields = append(list.Elem.Fields, f)
		}
	}
	return list
}

// reportForms are the forms of what is computed from the books.
func reportForms() map[Operation]formOfOp {
	aging := func(op Operation) *dialect.Form { return asOf(one[wireAging](op, "report")) }
	ledger := func(op Operation) *dialect.Form { return over(one[wireLedger](op, "report")) }
	return map[Operation]formOfOp{
		OpGetProfitAndLoss: func(op Operation) *dialect.Form {
			return totalling(over(one[wireReport](op, "report")), "revenue", "costOfSales", "grossProfit", "operatingExpenses", "operatingProfit", "nonOperating", "netProfit")
		},
		OpGetBalanceSheet: func(op Operation) *dialect.Form {
			return totalling(asOf(one[wireReport](op, "report")), "assets", "liabilities", "equity")
		},
		OpGetCashFlow: func(op Operation) *dialect.Form {
			return totalling(over(one[wireReport](op, "report")), "operating", "investing", "financing", "netChange", "openingCash", "closingCash")
		},
		OpGetTrialBalance: func(op Operation) *dialect.Form {
			return totalling(asOf(one[wireTrialBalance](op, "report")), "debit", "credit")
		},
		OpGetFinancialRatios:  func(op Operation) *dialect.Form { return over(one[wireRatios](op, "report")) },
		OpGetReceivablesAging: aging, OpGetPayablesAging: aging,
		OpGetGeneralLedger: ledger, OpGetTransactionDetail: ledger,
		OpGetStatementOfAccount: func(op Operation) *dialect.Form {
			return needing(over(one[wireStatement](op, "report")), dialect.Required, "clientId")
		},
		OpGetTaxReport:  func(op Operation) *dialect.Form { return over(one[wireTaxReport](op, "report")) },
		OpGetTopClients: of[wireTopClient]("client"), OpGetInvoiceTotals: of[wireInvoiceTotals]("invoice"),
		OpGetDaysToPay: of[wireAverage]("invoice"), OpGetDaysOverdue: of[wireAverage]("invoice"),
	}
}

// of makes forms of what is decoded into W.
func of[W any](noun string) formOfOp {
	return func(op Operation) *dialect.Form { return one[W](op, noun) }
}

// one is the form of a record, or of a list of it for an operation that lists.
func one[W any](op Operation, noun string) *dialect.Form {
	f := formOf(reflect.TypeFor[W](), noun)
	if op.lists() {
		return &dialect.Form{Kind: dialect.List, Noun: noun, Elem: f}
	}
	return f
}

// lists reports an operation that answers a list.
func (op Operation) lists() bool {
	switch op {
	case OpListClients, OpListVendors, OpListInvoices, OpListQuotes, OpListPayments, OpListProducts,
		OpListTaxes, OpListAccounts, OpListChanges, OpGetRecordHistory, OpListDatePeriods, OpGetTopClients:
		return true
	default:
		return false
	}
}
