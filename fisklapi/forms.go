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
	switch op {
	case OpListClients, OpGetClient, OpCreateClient, OpUpdateClient:
		return one[wireClient](op, "client")
	case OpListVendors, OpGetVendor, OpCreateVendor, OpUpdateVendor:
		return one[wireVendor](op, "vendor")
	case OpListInvoices:
		return one[wireListed](op, "invoice")
	case OpGetInvoice, OpCreateInvoice, OpUpdateInvoice:
		return one[wireInvoice](op, "invoice")
	case OpPreviewInvoice:
		// A preview has no number yet, and need not repeat what was sent.
		return without(one[wireInvoice](op, "invoice"), "id", "number", "status", "clientId", "clientName", "invoiceDate", "dueDate", "currency", "paid", "outstanding")
	case OpListQuotes:
		return without(one[wireQuote](op, "quote"), "items")
	case OpGetQuote:
		return one[wireQuote](op, "quote")
	case OpListPayments, OpGetPayment, OpRecordPayment:
		return one[wirePayment](op, "payment")
	case OpListProducts, OpGetProduct, OpCreateProduct, OpUpdateProduct:
		return one[wireProduct](op, "product")
	case OpListTaxes:
		return one[wireTax](op, "tax")
	case OpListAccounts:
		return one[wireAccount](op, "account")
	case OpGetCompany:
		return one[wireCompany](op, "company")
	case OpListDatePeriods:
		return one[wirePeriod](op, "period")
	case OpListChanges, OpGetRecordHistory:
		return one[wireChange](op, "change")
	case OpCreateFeatureRequest:
		return one[wireFeature](op, "request")
	default:
		return reportForm(op)
	}
}

func reportForm(op Operation) *dialect.Form {
	switch op {
	case OpGetProfitAndLoss:
		return totalling(over(one[wireReport](op, "report")), "revenue", "costOfSales", "grossProfit", "operatingExpenses", "operatingProfit", "nonOperating", "netProfit")
	case OpGetBalanceSheet:
		return totalling(asOf(one[wireReport](op, "report")), "assets", "liabilities", "equity")
	case OpGetCashFlow:
		return totalling(over(one[wireReport](op, "report")), "operating", "investing", "financing", "netChange", "openingCash", "closingCash")
	case OpGetTrialBalance:
		return totalling(asOf(one[wireTrialBalance](op, "report")), "debit", "credit")
	case OpGetFinancialRatios:
		return over(one[wireRatios](op, "report"))
	case OpGetReceivablesAging, OpGetPayablesAging:
		return asOf(one[wireAging](op, "report"))
	case OpGetGeneralLedger, OpGetTransactionDetail:
		return over(one[wireLedger](op, "report"))
	case OpGetStatementOfAccount:
		return needing(over(one[wireStatement](op, "report")), dialect.Required, "clientId")
	case OpGetTaxReport:
		return over(one[wireTaxReport](op, "report"))
	case OpGetTopClients:
		return one[wireTopClient](op, "client")
	case OpGetInvoiceTotals:
		return one[wireInvoiceTotals](op, "invoice")
	case OpGetDaysToPay, OpGetDaysOverdue:
		return one[wireAverage](op, "invoice")
	default:
		return nil
	}
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
