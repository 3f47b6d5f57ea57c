package io.hindcast.graphql.training;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.rental.FindRentalBudget;
import io.hindcast.api.rental.FindRentals;
import io.hindcast.api.rental.RentalBudgetView;
import io.hindcast.api.rental.RentalLimits;
import io.hindcast.api.rental.RentalList;
import io.hindcast.api.rental.RentalView;
import io.hindcast.api.rental.Usd;
import io.hindcast.graphql.QueryDispatcher;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Queries for rented machines and their cost. */
@Controller
public class RentalController {

    private final QueryDispatcher queries;

    RentalController(QueryDispatcher queries) {
        this.queries = queries;
    }

    /** The schema's {@code RentalBudget}. */
    record Budget(
            String month,
            BigDecimal spent,
            BigDecimal reserved,
            Optional<BigDecimal> monthLimit,
            Optional<BigDecimal> cycleLimit) {

        static Budget of(RentalBudgetView view) {
            return new Budget(
                    view.month().toString(),
                    view.spent().amount(),
                    view.reserved().amount(),
                    view.limits().map(RentalLimits::month).map(Usd::amount),
                    view.limits().map(RentalLimits::cycle).map(Usd::amount));
        }
    }

    /** The schema's {@code Rental}. */
    record Rental(
            String id,
            String gpu,
            Optional<Long> contract,
            BigDecimal pricePerHour,
            BigDecimal reserved,
            Instant from,
            Optional<Instant> to,
            Optional<BigDecimal> cost,
            Optional<String> reason) {

        static Rental of(RentalView view) {
            return new Rental(
                    view.rental().toString(),
                    view.offer().gpu(),
                    view.contract(),
                    view.offer().perHour().amount(),
                    view.reserved().amount(),
                    view.reservedAt(),
                    view.endedAt(),
                    view.cost().map(Usd::amount),
                    view.reason());
        }
    }

    @QueryMapping
    CompletableFuture<Budget> rentalBudget(@Argument String month) {
        return queries.one(new FindRentalBudget(parse(month)), RentalBudgetView.class)
                .thenApply(Budget::of);
    }

    private static YearMonth parse(String month) {
        try {
            return YearMonth.parse(month);
        } catch (DateTimeException e) {
            throw RefusedException.of("BAD_MONTH", "month", month, "a month such as 2026-03");
        }
    }

    @SchemaMapping(typeName = "TrainingRun", field = "rentals")
    CompletableFuture<List<Rental>> rentals(TrainingCycleNode.Run run) {
        if (run.asOf().isPresent()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return find(run.id().symbol(), run.id().cycle())
                .thenApply(found -> found.rentals().stream()
                        .filter(one -> one.rental().run().equals(run.id()))
                        .map(Rental::of)
                        .toList());
    }

    /** Sums what a cycle's rentals have cost; a rental that goes on is not among them. */
    @SchemaMapping(typeName = "TrainingCycle", field = "rentalCost")
    CompletableFuture<Optional<BigDecimal>> rentalCost(TrainingCycleNode cycle) {
        if (cycle.asOf().isPresent()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return find(cycle.symbol(), cycle.number())
                .thenApply(found -> Optional.of(found.rentals().stream()
                        .flatMap(one -> one.cost().stream())
                        .reduce(Usd.ZERO, Usd::plus)
                        .amount()));
    }

    private CompletableFuture<RentalList> find(Symbol symbol, int cycle) {
        return queries.one(new FindRentals(symbol, cycle), RentalList.class);
    }
}
