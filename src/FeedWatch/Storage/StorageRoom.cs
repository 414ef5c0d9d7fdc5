using FeedWatch.Storage.Sqlite;
using FeedWatch.Storage.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Storage;

internal static class StorageRoom
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageLimitsValidator>();
        services.AddSingleton(provider => DataFolder.Open(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder));
        services.AddSingleton<RecordKeeping>();
        services.AddSingleton<Database>(provider => SqliteDatabase.Open(provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<RecordKeeping>()));
        return services;
    }
}
