package sandbox

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

func reportOperations() []operation {
	return []operation{
		report("profit-and-loss", "getProfitAndLoss", (*reports.Reports).ProfitAndLoss),
		report("balance-sheet", "getBalanceSheet", (*reports.Reports).BalanceSheet),
		report("trial-balance", "getTrialBalance", (*reports.Reports).TrialBalance),
		report("cash-flow", "getCashFlow", (*reports.Reports).CashFlow),
		report("financial-ratios", "getFinancialRatios", (*reports.Reports).FinancialRatios),
		report("receivables-aging", "getReceivablesAging", (*reports.Reports).ReceivablesAging),
		report("payables-aging", "getPayablesAging", (*reports.Reports).PayablesAging),
		report("general-ledger", "getGeneralLedger", (*reports.Reports).GeneralLedger),
		report("transaction-detail", "getTransactionDetail", (*reports.Reports).TransactionDetail),
		report("statement-of-account", "getStatementOfAccount", (*reports.Reports).StatementOfAccount),
		report("tax-report", "getTaxReport", (*reports.Reports).TaxReport),
	}
}

// report is the operation that answers one report.
func report[T any](name, id string, compute func(*reports.Reports, reports.Query) (T, error)) operation {
	return get("/v1/reports/"+name, id, "report.read", func(c *call) (answer, error) {
		q, err := c.reportQuery()
		if err != nil {
			return answer{}, err
		}
		return computed(c, func(r *reports.Reports) (T, error) { return compute(r, q) })
	})
}

// computed answers what was worked out from the books.
func computed[T any](c *call, compute func(*reports.Reports) (T, error)) (answer, error) {
	r, err := c.reports()
	if err != nil {
		return answer{}, err
	}
	out, err := compute(r)
	if err != nil {
		return answer{}, err
	}
	return encoded(http.StatusOK, out), nil
}

// reportQuery reads every parameter a report can have. What a report does not know has no effect, as everywhere.
func (c *call) reportQuery() (reports.Query, error) {
	q := reports.Query{Page: c.page(), Size: c.size()}
	for _, read := range []func(*reports.Query) error{c.readDates, c.readWords, c.readAccounts, c.readIDs} {
		if err := read(&q); err != nil {
			return reports.Query{}, err
		}
	}
	return q, nil
}

func (c *call) readDates(q *reports.Query) (err error) {
	if q.Start, err = c.date("start"); err != nil {
		return err
	}
	q.End, err = c.date("end")
	return err
}

func (c *call) readWords(q *reports.Query) (err error) {
	if q.Basis, err = reports.ParseBasis(c.query.Get("basis")); err != nil {
		return err
	}
	if q.Detail, err = c.flag("detail"); err != nil {
		return err
	}
	earlier, err := c.number("compare")
	if err != nil {
		return err
	}
	if q.Compare = int(earlier); int64(q.Compare) != earlier {
		q.Compare = -1
	}
	return nil
}

// readAccounts reads ids separated by commas, in one parameter or several.
func (c *call) readAccounts(q *reports.Query) error {
	for word := range strings.SplitSeq(strings.Join(c.query["accountIds"], ","), ",") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		id, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return problem(http.StatusBadRequest, "accountIds: %q is not the id of an account; GET /v1/accounts lists them", word)
		}
		q.Accounts = append(q.Accounts, id)
	}
	return nil
}

func (c *call) readIDs(q *reports.Query) (err error) {
	if q.Client, err = c.number("clientId"); err != nil {
		return err
	}
	if q.Vendor, err = c.number("vendorId"); err != nil {
		return err
	}
	q.Agency, err = c.number("agencyId")
	return err
}
