package io.hindcast.app.market;

import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.archive.NewsTape;
import io.hindcast.news.archive.TapeArticle;
import io.hindcast.simulator.synthetic.SyntheticNews;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A news tape of the articles of a generated market. */
record GeneratedNewsTape(SyntheticNews news) implements NewsTape {

    @Override
    public String channel() {
        return news.channel();
    }

    @Override
    public String description() {
        return news.description();
    }

    @Override
    public Optional<String> estimates() {
        return Optional.empty();
    }

    @Override
    public Instant first() {
        return news.first();
    }

    @Override
    public Optional<Instant> last() {
        return Optional.empty();
    }

    @Override
    public List<TapeArticle> day(LocalDate day) {
        return news.day(day).stream()
                .map(article -> new TapeArticle(
                        PublishedTime.stated(article.published()),
                        article.url(),
                        article.source(),
                        List.of(article.symbol()),
                        article.title(),
                        article.summary()))
                .toList();
    }
}
