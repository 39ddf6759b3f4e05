// Package reports works out every report and insight of a company's books. Nothing it answers is stored anywhere: each
// figure is computed from the ledger and the documents when it is asked for, so that no two reports can disagree.
//
// What Fiskl's own reports contain is known from its help pages; how its API spells them is not. Where the pages leave a
// choice, the choice is said here or beside the report.
//
// # Two readings of one ledger
//
// On the accrual basis a transaction counts as it was posted. On the cash basis an invoice or a bill posts nothing by
// itself; each payment recognises its share of the document's income, expenses and taxes instead of settling accounts
// receivable or payable. Shares are in proportion, add up to the payment to the minor unit, and the last payment takes
// the rest. Journals count as posted on both.
//
// # Years
//
// At the start of every fiscal year the results of the one before are carried to Retained Earnings. Nothing is posted for
// it: the carrying-over is computed, and the general ledger shows it as lines of the type Year-end closing.
//
// # Exchange differences
//
// Realised differences are posted by the books. Unrealised ones are computed: what receivables, payables and foreign
// accounts hold in foreign currency is revalued at the report date's rate, or today's for a date yet to come. They appear
// in the profit and loss and in the balance sheet as lines on the account Unrealised Exchange Gain or Loss, never on the
// accounts revalued, which so keep agreeing with the trial balance, the general ledger and the ageing.
//
// # Other choices
//
// Income and expenses that nobody categorised count as operating. The cash flow is direct: it follows the money on the
// cash and bank accounts, not on credit cards, to what each payment was for. Ageing goes by due date and shows documents
// at the rates they were booked at. A bill, a bill payment and a journal are known by the id of their transaction, because
// that is what the audit trail knows them by.
package reports
