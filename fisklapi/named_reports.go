package fisklapi

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// namedReport is a report that can be asked for by its name.
type namedReport struct {
	name string
	op   Operation
	read func(context.Context, Reports, schemas.NamedReport) (any, error)

	basis   bool // it knows a basis
	client  bool // it can be of one client
	partner bool // it is of one client always
}

func namedReports() []namedReport {
	return []namedReport{
		{"profit_and_loss", OpGetProfitAndLoss, profitAndLoss, true, false, false},
		{"balance_sheet", OpGetBalanceSheet, balanceSheet, true, false, false},
		{"trial_balance", OpGetTrialBalance, trialBalance, true, false, false},
		{"cash_flow", OpGetCashFlow, cashFlow, false, false, false},
		{"financial_ratios", OpGetFinancialRatios, ratios, true, false, false},
		{"receivables_aging", OpGetReceivablesAging, receivables, false, true, false},
		{"payables_aging", OpGetPayablesAging, payables, false, false, false},
		{"general_ledger", OpGetGeneralLedger, generalLedger, true, false, false},
		{"transaction_detail", OpGetTransactionDetail, transactionDetail, true, true, false},
		{"statement_of_account", OpGetStatementOfAccount, statementOfAccount, false, true, true},
		{"tax_report", OpGetTaxReport, taxReport, true, false, false},
	}
}

// ReportNames are the names of the reports, in the order of the documentation.
func ReportNames() []string {
	var names []string
	for _, r := range namedReports() {
		names = append(names, r.name)
	}
	return names
}

// ReportOperation is the operation that a report is read with; ok is false when
// there is no report of that name.
func ReportOperation(name string) (op Operation, ok bool) {
	r, ok := reportNamed(name)
	return r.op, ok
}

// reportNamed finds a report.
func reportNamed(name string) (namedReport, bool) {
	all := namedReports()
	i := slices.IndexFunc(all, func(r namedReport) bool { return r.name == name })
	if i < 0 {
		return namedReport{}, false
	}
	return all[i], true
}

// Named reads a report by its name. The answer is the report's own noun. A
// report that knows no basis, or is of no one client, refuses them.
func (s Reports) Named(ctx context.Context, in schemas.NamedReport) (any, error) {
	r, ok := reportNamed(in.Report)
	if !ok {
		return nil, &schemas.ArgumentError{Argument: "report", Problem: fmt.Sprintf(
			"%s does not exist; there are: %s", schemas.Quoted(in.Report, 60), strings.Join(ReportNames(), ", "))}
	}
	if err := r.refuse(in); err != nil {
		return nil, err
	}
	return r.read(ctx, s, in)
}

// refuse refuses what the report cannot be asked for.
func (r namedReport) refuse(in schemas.NamedReport) error {
	if in.Client != "" && !r.client {
		return &schemas.ArgumentError{Argument: "client", Problem: "is given, and " + r.name + " is not of one client"}
	}
	if in.Client == "" && r.partner {
		return &schemas.ArgumentError{Argument: "client", Problem: "is missing; " + r.name + " is of one client"}
	}
	switch in.Basis {
	case "":
		return nil
	case "accrual", "cash":
		if r.basis {
			return nil
		}
		return &schemas.ArgumentError{Argument: "basis", Problem: "is given, and " + r.name + " knows none"}
	default:
		return &schemas.ArgumentError{Argument: "basis", Problem: "must be accrual or cash"}
	}
}

func profitAndLoss(ctx context.Context, s Reports, in schemas.NamedReport) (any, error) {
	return given(s.ProfitAndLoss(ctx, schemas.ComparedArgs{Period: in.Period, Basis: in.Basis}))
}

func cashFlow(ctx context.Context, s Reports, in schemas.NamedReport) (any, error) {
	return given(s.CashFlow(ctx, schemas.CashFlowArgs{Period: in.Period}))
}

func ratios(ctx context.Context, s Reports, in schemas.NamedReport) (any, error) {
	return given(s.Ratios(ctx, schemas.ReportArgs{Period: in.Period, Basis: in.Basis}))
}

func taxReport(ctx context.Context, s Reports, in schemas.NamedReport) (any, error) {
	return given(s.Tax(ctx, schemas.TaxReportArgs{ReportArgs: schemas.ReportArgs{Period: in.Period, Basis: in.Basis}, Detail: in.Detail}))
}

func generalLedger(ctx context.Context, s Reports, in schemas.NamedReport) (any, error) {
	return given(s.GeneralLedger(ctx, ledgerOf(in)))
}

func transactionDetail(ctx context.Context, s Reports, in schemas.NamedReport) (any, error) {
	return given(s.Transactions(ctx, schemas.TransactionArgs{LedgerArgs: ledgerOf(in), Contact: clientOnly(in.Client)}))
}

func ledgerOf(in schemas.NamedReport) schemas.LedgerArgs {
	return schemas.LedgerArgs{ReportArgs: schemas.ReportArgs{Period: in.Period, Basis: in.Basis}, PageArgs: in.PageArgs}
}

func statementOfAccount(ctx context.Context, s Reports, in schemas.NamedReport) (any, error) {
	return given(s.Statement(ctx, schemas.StatementArgs{ClientRef: schemas.ClientRef{Client: in.Client}, Period: in.Period}))
}

func balanceSheet(ctx context.Context, s Reports, in schemas.NamedReport) (any, error) {
	at, err := in.Position()
	if err != nil {
		return nil, err
	}
	return given(s.BalanceSheet(ctx, schemas.BalanceArgs{Position: at, Basis: in.Basis}))
}

func trialBalance(ctx context.Context, s Reports, in schemas.NamedReport) (any, error) {
	at, err := in.Position()
	if err != nil {
		return nil, err
	}
	return given(s.TrialBalance(ctx, schemas.TrialBalanceArgs{Position: at, Basis: in.Basis}))
}

func receivables(ctx context.Context, s Reports, in schemas.NamedReport) (any, error) {
	at, err := in.Position()
	if err != nil {
		return nil, err
	}
	return given(s.Receivables(ctx, schemas.ReceivablesArgs{Position: at, Client: in.Client, Detail: in.Detail}))
}

func payables(ctx context.Context, s Reports, in schemas.NamedReport) (any, error) {
	at, err := in.Position()
	if err != nil {
		return nil, err
	}
	return given(s.Payables(ctx, schemas.PayablesArgs{Position: at, Detail: in.Detail}))
}

// given is a pointer to what a method returned, as answers are passed on.
func given[T any](out T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return &out, nil
}
