package io.hindcast.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hindcast.app.local.DatabaseAddress;
import io.hindcast.app.local.EmbeddedServices;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.artifacts.ArtifactStore.MissingBucket;
import io.hindcast.artifacts.S3Connection;
import io.hindcast.console.StartFailure;
import io.hindcast.readmodel.database.Migrations;
import io.hindcast.runtime.FailureReason;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;

/** The database and the artifact store: external if configured, else embedded. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DatabaseSettings.class, ArtifactSettings.class})
public class StorageConfiguration {

    /** The database, migrated before any other bean uses it. */
    @Bean(destroyMethod = "close")
    DataSource dataSource(DatabaseSettings settings, ObjectProvider<EmbeddedServices> embedded) {
        DatabaseAddress address = settings.address()
                .orElseGet(() -> embedded.getIfAvailable(() -> {
                            throw new StartFailure(
                                    "There is neither a database (hindcast.database.url, or --database-url) nor a folder"
                                            + " for an embedded one (--data-dir). Name one of the two.");
                        })
                        .database());
        HikariDataSource dataSource = connect(address, settings.connections());
        try {
            Migrations.migrate(dataSource);
            return dataSource;
        } catch (RuntimeException e) {
            dataSource.close();
            throw e;
        }
    }

    private static HikariDataSource connect(DatabaseAddress address, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("hindcast");
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(8, connections));
        config.setConnectionTimeout(5_000);
        config.setValidationTimeout(2_000);
        config.setInitializationFailTimeout(20_000);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", "hindcast");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new StartFailure(
                    "The database " + address + " cannot be reached: " + FailureReason.of(e)
                            + ". Check the address, and that the database is running.",
                    e);
        }
    }

    @Bean(destroyMethod = "close")
    S3Client s3Client(ArtifactSettings settings, ObjectProvider<EmbeddedServices> embedded) {
        S3Connection connection = settings.connection()
                .orElseGet(() -> embedded.getIfAvailable(() -> {
                            throw new StartFailure(
                                    "There is neither an artifact store (hindcast.artifacts.region, and .endpoint unless it"
                                            + " is AWS) nor a folder for an embedded one (--data-dir). Name one of the two.");
                        })
                        .artifacts());
        return connection.open();
    }

    @Bean
    ArtifactStore artifactStore(S3Client s3, ArtifactSettings settings) {
        return new ArtifactStore(
                s3, settings.bucket(), settings.isExternal() ? MissingBucket.REFUSE : MissingBucket.CREATE);
    }
}
