package ledger

import "strings"

// Accounts the books post to by themselves.
const (
	Bank             Code = "1010"
	UndepositedFunds Code = "1090"
	Receivable       Code = "1100"
	Payable          Code = "2000"
	ShareCapital     Code = "3000"
	OpeningEquity    Code = "3010"
	RetainedEarnings Code = "3030"
	SalesProducts    Code = "4010"
	SalesServices    Code = "4020"
	RealisedExchange Code = "8020"
)

// Accounts that only reports ask for by name.
const (
	ProfitForTheYear   Code = "3040"
	Salaries           Code = "6160"
	PayrollTaxes       Code = "6170"
	InterestPaid       Code = "8010"
	UnrealisedExchange Code = "8030"
	CompanyTaxes       Code = "8040"
)

// Groups of the default chart that reports tell apart. Cash holds money; Taxes Payable has one account for each tax
// agency.
const (
	Cash                = "Cash and Cash Equivalents"
	Receivables         = "Accounts Receivable"
	Inventory           = "Inventory"
	PrepaidExpenses     = "Prepaid Expenses"
	LoansReceivable     = "Short-term Loans Receivable"
	FixedAssets         = "Property, Plant and Equipment"
	OtherLongTermAssets = "Other Long-term Assets"
	Payables            = "Accounts Payable"
	CreditCards         = "Credit Cards"
	TaxesPayable        = "Taxes Payable"
	PayrollLiabilities  = "Payroll"
	ShortTermLoans      = "Short-term Loans"
	LongTermLiabilities = "Long-term Liabilities"
	OwnersEquity        = "Owner's Equity"
	OtherIncome         = "Other Income"
	CostOfSales         = "Cost of Sales"
	OtherExpenses       = "Other Expenses"
)

// firstAccount is the id of the default chart's first account.
const firstAccount = 501

// DefaultChart is the chart every new company starts with. Names and groups are Fiskl's; it publishes no numbers for
// them, so the codes are the sandbox's own.
func DefaultChart(base string) *Chart {
	var accounts []Account
	for _, g := range defaultGroups() {
		for line := range strings.SplitSeq(g.accounts, "; ") {
			code, name, _ := strings.Cut(line, " ")
			accounts = append(accounts, Account{
				ID: firstAccount + int64(len(accounts)), Code: Code(code), Name: name,
				Type: g.kind, Group: g.name, Currency: base, System: systemAccount(Code(code)),
			})
		}
	}
	return NewChart(accounts)
}

func systemAccount(code Code) bool {
	switch code {
	case UndepositedFunds, Receivable, Payable, OpeningEquity, RetainedEarnings, ProfitForTheYear, RealisedExchange,
		UnrealisedExchange:
		return true
	default:
		return false
	}
}

type group struct {
	kind     Type
	name     string
	accounts string
}

func defaultGroups() []group {
	return append(balanceSheetGroups(), resultGroups()...)
}

func balanceSheetGroups() []group {
	return []group{
		{Assets, Cash, "1000 Cash on Hand; 1010 Bank Account; 1090 Undeposited Funds"},
		{Assets, Receivables, "1100 Accounts Receivable; 1110 Customer Deposits"},
		{Assets, Inventory, "1200 Inventory; 1210 Raw Materials; 1220 Work in Progress; 1230 Finished Goods; 1240 Supplies Inventory"},
		{Assets, PrepaidExpenses, "1300 Prepaid Insurance; 1310 Prepaid Rent; 1320 Prepaid Advertising; 1330 Prepaid Taxes"},
		{Assets, "Other Current Assets", "1350 Advances Received; 1360 Other Current Assets; 1370 Manual Journal"},
		{Assets, LoansReceivable, "1380 Loan Receivable"},
		{
			Assets, FixedAssets,
			"1400 Office Equipment; 1401 Accumulated Depreciation - Office Equipment; " +
				"1410 Computer Equipment; 1411 Accumulated Depreciation - Computer Equipment; " +
				"1420 Furniture and Fixtures; 1421 Accumulated Depreciation - Furniture and Fixtures; 1430 Buildings; " +
				"1440 Leasehold Improvements; 1450 Vehicles; 1460 Machinery and Equipment; 1470 Intangibles",
		},
		{Assets, OtherLongTermAssets, "1500 Security Deposits; 1510 Loans Receivable; 1520 Investments"},
		{Liabilities, Payables, "2000 Accounts Payable; 2010 Vendor Deposits"},
		{Liabilities, CreditCards, "2100 Credit Card Account"},
		{Liabilities, TaxesPayable, "2280 Other Taxes Payable; 2290 Income Tax Payable"},
		{Liabilities, PayrollLiabilities, "2300 Payroll Payable; 2310 Payroll Taxes Payable"},
		{Liabilities, ShortTermLoans, "2400 Loan Payable (less than 1 year)"},
		{Liabilities, "Other Current Liabilities", "2500 Accrued Liabilities; 2510 Deferred Income"},
		{Liabilities, LongTermLiabilities, "2600 Loan Payable (more than 1 year); 2610 Shareholder Loan; 2620 Other Long-Term Liabilities"},
		{Equity, OwnersEquity, "3000 Share Capital; 3010 Opening Balance; 3020 Owner's Draw; 3030 Retained Earnings; 3040 Profit for the Year"},
	}
}

func resultGroups() []group {
	return []group{
		{
			Income, "Operating Income",
			"4000 Sales; 4010 Sales of Products; 4020 Sales of Services; 4030 Sales - Billed Expenses; " +
				"4040 Sales - Other; 4050 Discounts; 4060 Refunds Given",
		},
		{Income, OtherIncome, "4500 Dividend Income; 4510 Interest Earned; 4520 Other Income"},
		{Income, "Uncategorised Income", "4900 Uncategorised Income"},
		{
			Expenses, CostOfSales,
			"5000 Cost of Goods Sold; 5010 Cost of Labour - COS; 5020 Supplies & Materials - COS; " +
				"5030 Shipping & Delivery - COS; 5040 Other Costs of Sales - COS; 5050 Billable Expenses - COS",
		},
		{
			Expenses, "Operating Expenses",
			"6000 Advertising & Promotion; 6010 Bank Charges; 6020 Contractors; 6030 Education & Training; " +
				"6040 Employee Benefits; 6050 Fuel & Mileage; 6060 Insurance; 6070 Internet & Phone; 6080 Lease or Rent; " +
				"6090 Legal & Professional Fees; 6100 Licenses & Other Taxes; 6110 Meals - Business; 6120 Meals - Non-business; " +
				"6130 Office Equipment & Hardware; 6140 Office Supplies; 6150 Payment Processing Fees; 6160 Payroll - Salary; " +
				"6170 Payroll - Taxes; 6180 Postage & Printing; 6190 Repairs & Maintenance; 6200 Subscriptions & Memberships; " +
				"6210 Taxi & Parking; 6220 Travel - Accommodation; 6230 Travel - Transportation; 6240 Travel - Other; " +
				"6250 Use of Home; 6260 Utilities; 6270 Dividends Paid; 6280 Staff Entertainment; 6290 Bad Debts; " +
				"6990 Other Miscellaneous",
		},
		{
			Expenses, OtherExpenses,
			"8000 Depreciation; 8010 Interest Paid; 8020 Realised Exchange Gain or Loss; " +
				"8030 Unrealised Exchange Gain or Loss; 8040 Company Taxes; 8090 Other Expenses",
		},
		{Expenses, "Uncategorised Expenses", "9900 Uncategorised Expenses"},
	}
}
