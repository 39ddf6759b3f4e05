package prompts

func monthEndReview() Prompt {
	return Prompt{
		Name:        "month_end_review",
		Title:       "Month-end review",
		Description: "What is odd, missing or wrong in a month's books before they are closed.",
		Arguments:   []Argument{period("last month"), basis()},

		goal: "Go through the books of the period before it is closed, and list what is odd, missing or wrong. Nothing is changed.",
		steps: []step{
			call("get_profit_and_loss", args{{"period", over("period")}, {"basis", from("basis")}, {"compare", 2}},
				"The period and two before it. Note each margin or account that leaves its pattern, in whichever of the three."),
			call("compare_periods", args{{"period", from("period")}, {"basis", from("basis")}},
				"Accounts by how much they changed against the period before, largest first."),
			call("trace_figure", args{{"account", "<code of an account that changed>"}, {"period", over("period")}, {"basis", from("basis")}},
				"For the largest change, then for each other that has no plain reason, five at most: the transactions, and who last changed them. Does each text fit its account? A refit, a machine or a deposit among running costs is booked wrong."),
			call("get_balance_sheet", args{{"period", at("period")}, {"basis", from("basis")}, {"compare", 1}},
				"Balances that jumped, are negative, or should be zero."),
			call("get_trial_balance", args{{"period", at("period")}, {"basis", from("basis")}},
				"Debits equal credits in the total. Look for accounts called uncategorised, suspense or similar."),
			call("get_tax_report", args{{"period", over("period")}, {"basis", from("basis")}},
				"Sales tax of the period by agency; positive is payable."),
			call("list_invoices", args{{"status", "draft"}, {"period", over("period")}, {"all", true}},
				"Drafts dated in the period: they are in no report until they are sent."),
			call("get_payables_aging", args{{"detail", true}},
				"Two bills of one vendor with the same amount and nearly the same number may be one bill entered twice."),
			call("list_changes", args{{"period", over("period")}, {"all", true}},
				"Who changed what in the period. Look for changes to records of earlier periods, and for amounts changed after an invoice was sent. System is a feed or a schedule."),
		},
		check: []string{
			"All reports are on the same basis and dates.",
			"Every exception names a record, an account or a person. What you cannot trace is a question, not a finding.",
		},
		show: []string{
			"Exceptions first, the largest on top: what, account or record, amount with currency, date, who, and what it should be.",
			"Then the period beside the one before: revenue, gross profit and margin, net profit, cash, tax due.",
			"What to do in the Fiskl app, as a list; and in one line what was looked at and is in order.",
		},
		stop: []string{
			"Nothing can be posted, moved or closed from here: corrections are made in the Fiskl app. Ask before you do anything else.",
			"If the period is not over yet, say that its figures will change.",
		},
	}
}
