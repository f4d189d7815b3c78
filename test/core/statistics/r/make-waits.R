# Makes the invented data sets of this folder: invented-waits.csv, invented-windows.csv. Seeded: a second run writes the same files.
# Rscript make-waits.R, in this folder. The recorded sets beside them are made by recorded-waits.ts.

set.seed(20250106)
origin <- 1736121600000 # 2025-01-06T00:00:00Z
seconds <- function(x) origin + round(x) * 1000
waits <- data.frame()
windows <- data.frame()

add <- function(case, rows, from = 0, to = 86400 * 28, asked = "responded") {
  rows$case <- case
  if (is.null(rows$subject)) rows$subject <- paste0("s", seq_len(nrow(rows)))
  if (is.null(rows$pauses)) rows$pauses <- rep("", nrow(rows))
  waits <<- rbind(waits, rows[c("case", "subject", "startedAt", "endedAt", "outcome", "pauses")])
  windows <<- rbind(windows, data.frame(case = case, waits = case, fromAt = seconds(from), toAt = seconds(to), asked = asked))
}

# n waits started uniformly from `before` ahead of the window on; lengths exponential with mean `mean`,
# rounded up to `grain` seconds; a share `otherwise` ends otherwise.
draw <- function(n, before = 0, mean = 86400 * 2, grain = 1, otherwise = 0, to = 86400 * 28, longest = Inf) {
  start <- round(runif(n, -before, to) / grain) * grain
  length <- ceiling(pmin(rexp(n, 1 / mean), longest) / grain) * grain
  outcome <- ifelse(runif(n) < otherwise, sample(c("closed", "merged"), n, TRUE), "responded")
  data.frame(startedAt = seconds(start), endedAt = seconds(start + length), outcome = outcome)
}

open_after <- function(rows, share) {
  keep <- runif(nrow(rows)) < share
  rows$endedAt[keep] <- NA
  rows$outcome[keep] <- ""
  rows
}

pause_some <- function(rows, share, longest) {
  rows$pauses <- vapply(seq_len(nrow(rows)), function(i) {
    if (runif(1) >= share) return("")
    end <- if (is.na(rows$endedAt[i])) rows$startedAt[i] + 86400000 * 20 else rows$endedAt[i]
    cuts <- sort(round(runif(4, rows$startedAt[i] - 3600000, end) / 1000) * 1000)
    first <- sprintf("%.0f-%.0f", cuts[1], cuts[2])
    last <- if (is.na(rows$endedAt[i]) && runif(1) < 0.5) sprintf("%.0f-", cuts[3]) else sprintf("%.0f-%.0f", cuts[3], cuts[4])
    paste(first, last, sep = "|")
  }, "")
  rows
}

add("km", draw(60))
add("km-ties", draw(80, grain = 43200))
add("km-entry", draw(70, before = 86400 * 20, mean = 86400 * 9))
add("km-entry-ties", draw(90, before = 86400 * 20, mean = 86400 * 6, grain = 86400))
add("competing", draw(60, otherwise = 0.4))
add("competing-ties", draw(80, otherwise = 0.4, grain = 43200))
add("competing-entry", draw(80, before = 86400 * 20, mean = 86400 * 9, otherwise = 0.3))
add("competing-entry-ties", draw(120, before = 86400 * 20, mean = 86400 * 6, otherwise = 0.3, grain = 86400))
add("pauses", pause_some(open_after(draw(80), 0.1), 0.6))
add("pauses-entry-competing", pause_some(open_after(draw(120, before = 86400 * 30, mean = 86400 * 8, otherwise = 0.3), 0.15), 0.7))
# Two early starters both end, at which nobody is left; the others enter at a greater age.
add("risk-set-emptied", data.frame(
  startedAt = seconds(c(3600, 7200, rep(-86400 * 5, 12) - 3600 * (1:12))),
  endedAt = seconds(c(3600 + 600, 7200 + 900, 86400 * (1:12))), outcome = rep("responded", 14)))
# The same with competing ends in the part that comes later.
add("risk-set-emptied-competing", data.frame(
  startedAt = seconds(c(3600, 7200, 9000, rep(-86400 * 5, 12) - 3600 * (1:12))),
  endedAt = seconds(c(3600 + 600, 7200 + 900, 9000 + 300, 86400 * (1:12))), outcome = c("responded", "closed", "responded", rep(c("responded", "closed"), 6))))
# Young ones that still wait at the window's end, old ones that entered old: a stretch of ages with nobody, at which nothing ends.
add("risk-set-gap", data.frame(
  startedAt = seconds(c(86400 * 27 + 3600 * (1:12), rep(-86400 * 30, 12) - 3600 * (1:12))),
  endedAt = c(seconds(86400 * 27 + 3600 * (1:6) + 1800 * (1:6)), rep(NA, 6), seconds(86400 * 2 * (1:12))),
  outcome = c(rep(c("responded", "closed"), 3), rep("", 6), rep(c("responded", "closed", "responded"), 4))))
add("censored-only", open_after(draw(25, before = 86400 * 20), 1))
add("all-at-one-age", data.frame(startedAt = seconds(3600 * (1:15)), endedAt = seconds(3600 * (1:15) + 7200), outcome = rep(c("responded", "responded", "closed"), 5)))
add("ends-at-age-0", data.frame(
  startedAt = seconds(3600 * (1:30)), endedAt = seconds(3600 * (1:30) + c(rep(0, 10), 600 * (1:20))), outcome = rep(c("responded", "responded", "closed"), 10)))
add("mostly-waiting", open_after(draw(100, before = 86400 * 40, mean = 86400 * 10, otherwise = 0.2), 0.7))
add("only-competing", draw(40, otherwise = 1))
add("one-wait", draw(1, to = 86400))
add("ended-at-the-edges", data.frame(
  startedAt = seconds(c(-86400, -86400, 0, 0, 86400 * 27, rep(86400, 8))),
  endedAt = c(seconds(c(0, 86400, 0, 86400 * 28, 86400 * 28 - 1)), seconds(86400 * (2:9))), outcome = rep("responded", 13)))
shared <- function(n, k, ...) {
  rows <- draw(n, ...)
  rows <- rows[rep(seq_len(n), each = k), ]
  rows$subject <- rep(paste0("s", seq_len(n)), each = k)
  jitter <- round(runif(nrow(rows), 0, 3600 * 6)) * 1000
  rows$endedAt <- rows$endedAt + jitter
  rownames(rows) <- NULL
  rows
}
add("three-a-subject", shared(40, 3))
add("three-a-subject-entry-competing", shared(50, 3, before = 86400 * 20, mean = 86400 * 8, otherwise = 0.3))
add("many", draw(400, before = 86400 * 60, mean = 86400 * 4, otherwise = 0.15))
add("seconds-to-years", {
  rows <- draw(150, before = 86400 * 300, otherwise = 0.2)
  rows$endedAt <- rows$startedAt + ceiling(exp(rnorm(150, 9, 4))) * 1000
  rows
})

format_csv <- function(frame) {
  for (name in c("startedAt", "endedAt", "fromAt", "toAt")) if (!is.null(frame[[name]])) frame[[name]] <- ifelse(is.na(frame[[name]]), "", sprintf("%.0f", frame[[name]]))
  frame
}
write.csv(format_csv(waits), "invented-waits.csv", row.names = FALSE, quote = FALSE)
write.csv(format_csv(windows), "invented-windows.csv", row.names = FALSE, quote = FALSE)
