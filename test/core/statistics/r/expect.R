# What R makes of the waits of this folder: expected/*.csv. Rscript expect.R, in this folder.
# Needs survival and etm (Debian: r-cran-survival, r-cran-etm). The tests read the output; they do not need R.
#
# The observations are cut to their window here a second time, from definitions.md 6 alone. Points of the curves are
# survival's; variances and intervals of the curves etm's (its survfit has a jackknife for several states); the
# grouped jackknife and the log-rank test survival's.

suppressPackageStartupMessages({ library(survival); library(etm) })

read <- function(name) read.csv(name, colClasses = c(pauses = "character", subject = "character")[intersect(c("pauses", "subject"), names(read.csv(name, nrows = 1)))])
waits <- rbind(read("invented-waits.csv"), read("recorded-waits.csv"))
windows <- rbind(read("invented-windows.csv"), read("recorded-windows.csv"))

paused <- function(text, until) {
  if (is.na(text) || text == "") return(0)
  sum(vapply(strsplit(text, "|", fixed = TRUE)[[1]], function(one) {
    ends <- strsplit(one, "-", fixed = TRUE)[[1]]
    to <- if (length(ends) < 2) Inf else as.numeric(ends[2])
    max(0, min(to, until) - as.numeric(ends[1]))
  }, 0))
}

# A pause counts from the wait's start on.
age <- function(wait, at) (at - wait$startedAt - (paused(wait$pauses, at) - paused(wait$pauses, wait$startedAt))) / 1000

observe <- function(waits, window) {
  asked <- strsplit(window$asked, "|", fixed = TRUE)[[1]]
  rows <- lapply(seq_len(nrow(waits)), function(i) {
    wait <- waits[i, ]
    if (wait$outcome %in% "early" || wait$startedAt >= window$toAt) return(NULL)
    if (!is.na(wait$endedAt) && wait$endedAt < window$fromAt) return(NULL)
    ended <- !is.na(wait$endedAt) && wait$endedAt < window$toAt
    inside <- wait$startedAt >= window$fromAt
    enter <- if (inside) -1 else age(wait, window$fromAt)
    exit <- age(wait, if (ended) wait$endedAt else window$toAt)
    if (inside && exit == 0 && !ended) return(NULL)
    if (!inside && exit <= enter) return(NULL)
    data.frame(subject = wait$subject, enter = enter, exit = exit, cause = if (!ended) 0 else if (wait$outcome %in% asked) 1 else 2)
  })
  do.call(rbind, rows)
}

# survival: one row a distinct age of an end.
points <- function(d) {
  d$state <- factor(d$cause, 0:2, c("waiting", "asked", "otherwise"))
  d$row <- seq_len(nrow(d))
  fit <- survfit(Surv(enter, exit, state) ~ 1, data = d, id = row, timefix = FALSE)
  at <- rowSums(fit$n.event) > 0
  data.frame(age = fit$time[at], atRisk = fit$n.risk[at, 1], asked = fit$pstate[at, fit$states == "asked"], otherwise = fit$pstate[at, fit$states == "otherwise"])
}

# survival's other way where nothing competes: one minus Kaplan-Meier.
kaplan_meier <- function(d) {
  fit <- survfit(Surv(enter, exit, cause == 1) ~ 1, data = d, timefix = FALSE)
  data.frame(age = fit$time[fit$n.event > 0], asked = 1 - fit$surv[fit$n.event > 0])
}

# Where a curve or a limit lies at p itself survival takes the middle between two ages, the definitions the first: left out.
quantiles <- function(d) {
  fit <- survfit(Surv(enter, exit, cause == 1) ~ 1, data = d, conf.type = "log-log", timefix = FALSE)
  p <- c(0.5, 0.75, 0.9)
  at_p <- vapply(p, function(one) any(abs(c(fit$surv, fit$lower, fit$upper) - (1 - one)) < 1e-9, na.rm = TRUE), NA)
  q <- quantile(fit, p)
  data.frame(p = p, age = q$quantile, low = q$lower, high = q$upper)[!at_p & !is.na(q$quantile), ]
}

# etm counts from 0 and wants positive ages: all are moved by 1, which is where those from the start enter.
greenwood <- function(d, ages) {
  causes <- c("1", "2")[c(any(d$cause == 1), any(d$cause == 2))]
  allowed <- matrix(FALSE, length(causes) + 1, length(causes) + 1)
  allowed[1, -1] <- TRUE
  data <- data.frame(id = seq_len(nrow(d)), from = "0", to = ifelse(d$cause == 0, "cens", d$cause), entry = d$enter + 1, exit = d$exit + 1)
  fit <- etm(data, c("0", causes), allowed, "cens", s = 0, covariance = TRUE)
  each <- function(cause) {
    empty <- data.frame(variance = rep(0, length(ages)), low = 0, high = 0)
    if (!cause %in% causes) return(empty)
    state <- paste("0", cause)
    shares <- fit$est["0", cause, ]
    limits <- summary(fit, ci.fun = "cloglog")[[state]]
    at <- match(ages + 1, fit$time)
    data.frame(variance = fit$cov[state, state, at], low = limits$lower[at], high = limits$upper[at])
  }
  list(asked = each("1"), otherwise = each("2"))
}

# The infinitesimal jackknife grouped by subject, to which resampling subjects tends. survfit keeps apart what has its
# own id and leaves `cluster` aside then, so its influences are summed by subject here; the first is that of the start.
grouped <- function(d, ages) {
  d$state <- factor(d$cause, 0:2, c("waiting", "asked", "otherwise"))
  d$row <- seq_len(nrow(d))
  fit <- survfit(Surv(enter, exit, state) ~ 1, data = d, id = row, influence = TRUE, timefix = FALSE)
  at <- match(ages, fit$time) + 1
  each <- function(state) sqrt(colSums(rowsum(fit$influence.pstate[, at, fit$states == state, drop = FALSE][, , 1], d$subject)^2))
  data.frame(asked = each("asked"), otherwise = each("otherwise"))
}

# The window cut in two: the first half against the second.
log_rank <- function(waits, window) {
  middle <- round((window$fromAt + window$toAt) / 2)
  halves <- lapply(list(c(window$fromAt, middle), c(middle, window$toAt)), function(half) {
    part <- window
    part$fromAt <- half[1]
    part$toAt <- half[2]
    observe(waits, part)
  })
  if (is.null(halves[[1]]) || is.null(halves[[2]])) return(NULL)
  d <- rbind(cbind(halves[[1]], second = 0), cbind(halves[[2]], second = 1))
  if (!any(d$cause == 1)) return(NULL)
  fit <- tryCatch(suppressWarnings(coxph(Surv(enter, exit, cause == 1) ~ second, data = d, cluster = subject, timefix = FALSE)), error = function(e) NULL)
  if (is.null(fit) || is.null(fit$rscore)) return(NULL)
  data.frame(middleAt = middle, chiSquared = fit$rscore[1], p = pchisq(fit$rscore[1], 1, lower.tail = FALSE))
}

observations <- curves <- tests <- kms <- ages <- jackknives <- NULL
for (i in seq_len(nrow(windows))) {
  window <- windows[i, ]
  of_case <- waits[waits$case == window$waits, ]
  d <- observe(of_case, window)
  if (is.null(d)) stop("no observations in ", window$case)
  observations <- rbind(observations, cbind(case = window$case, d))
  if (any(d$cause > 0)) {
    curve <- points(d)
    variance <- greenwood(d, curve$age)
    curves <- rbind(curves, cbind(case = window$case, curve,
      askedVariance = variance$asked$variance, askedLow = variance$asked$low, askedHigh = variance$asked$high,
      otherwiseVariance = variance$otherwise$variance, otherwiseLow = variance$otherwise$low, otherwiseHigh = variance$otherwise$high))
    if (!any(d$cause == 2)) {
      kms <- rbind(kms, cbind(case = window$case, kaplan_meier(d)))
      ages <- rbind(ages, if (nrow(quantiles(d)) > 0) cbind(case = window$case, quantiles(d)))
    }
    if (anyDuplicated(d$subject)) jackknives <- rbind(jackknives, cbind(case = window$case, age = curve$age, grouped(d, curve$age)))
  }
  test <- log_rank(of_case, window)
  if (!is.null(test)) tests <- rbind(tests, cbind(case = window$case, test))
}

write <- function(frame, name) {
  for (column in names(frame)) if (is.numeric(frame[[column]])) frame[[column]] <- ifelse(is.na(frame[[column]]), "", format(frame[[column]], digits = 15, trim = TRUE, scientific = NA))
  write.csv(frame, file.path("expected", name), row.names = FALSE, quote = FALSE)
}
dir.create("expected", showWarnings = FALSE)
write(observations, "observations.csv")
write(curves, "curves.csv")
write(kms, "kaplan-meier.csv")
write(ages, "quantiles.csv")
write(jackknives, "grouped-errors.csv")
write(tests, "log-rank.csv")
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste("etm", packageVersion("etm"))), "expected/versions.txt")
