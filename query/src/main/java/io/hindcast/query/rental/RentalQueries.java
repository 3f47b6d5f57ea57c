package io.hindcast.query.rental;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hindcast.api.rental.FindRentalBudget;
import io.hindcast.api.rental.FindRentals;
import io.hindcast.api.rental.RentalBudgetView;
import io.hindcast.api.rental.RentalId;
import io.hindcast.api.rental.RentalLimits;
import io.hindcast.api.rental.RentalList;
import io.hindcast.api.rental.RentalOffer;
import io.hindcast.api.rental.RentalView;
import io.hindcast.api.rental.Usd;
import io.hindcast.query.JsonColumn;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;

/** Query handler for rented machines. */
public final class RentalQueries {

    private static final TypeReference<RentalOffer> OFFER = new TypeReference<>() {};

    private final ReadModelReader readModel;

    public RentalQueries(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    @QueryHandler
    public RentalList handle(FindRentals query) {
        return new RentalList(readModel.read(
                tables -> tables.list("""
                select rental, offer, contract, reserved, reserved_at, ended_at, cost, reason
                from @rental where symbol = ? and cycle = ? order by reserved_at, rental
                """, RentalQueries::rental, query.symbol().value(), query.cycle())));
    }

    private static RentalView rental(ResultSet row) throws SQLException {
        long contract = row.getLong(3);
        Optional<Long> seen = row.wasNull() ? Optional.empty() : Optional.of(contract);
        return new RentalView(
                RentalId.parse(row.getString(1)),
                JsonColumn.read(row, 2, OFFER).orElseThrow(),
                seen,
                new Usd(row.getBigDecimal(4)),
                TableReader.time(row, 5),
                TableReader.optionalTime(row, 6),
                Optional.ofNullable(row.getBigDecimal(7)).map(Usd::new),
                Optional.ofNullable(row.getString(8)));
    }

    @QueryHandler
    public RentalBudgetView handle(FindRentalBudget query) {
        return readModel.read(tables -> {
            Optional<RentalLimits> limits = tables.first(
                    "select cycle, month from @rental_limits",
                    row -> new RentalLimits(new Usd(row.getBigDecimal(1)), new Usd(row.getBigDecimal(2))));
            return tables.first(
                            """
                            select coalesce(sum(cost), 0), coalesce(sum(reserved) filter (where ended_at is null), 0)
                            from @rental where month = ?
                            """,
                            row -> new RentalBudgetView(
                                    query.month(),
                                    new Usd(row.getBigDecimal(1)),
                                    new Usd(row.getBigDecimal(2)),
                                    limits),
                            query.month().toString())
                    .orElseThrow();
        });
    }
}
