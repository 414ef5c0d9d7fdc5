using FeedWatch.Fetching.Guarding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Fetching;

internal static class FetchingRoom
{
    public static IServiceCollection AddFetching(this IServiceCollection services)
    {
        services.AddOptions<FetchOptions>().BindConfiguration(FetchOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FetchOptions>, FetchOptionsValidator>();
        services.AddSingleton<IValidateOptions<FetchOptions>, FetchOptionsRules>();
        services.AddSingleton<AddressGuard>();
        services.AddSingleton(provider =>
        {
            var guard = provider.GetRequiredService<AddressGuard>();
            return GuardedHttp.Client(guard, OperatorProxy.From(provider.GetRequiredService<IOptions<FetchOptions>>().Value, guard));
        });
        services.AddSingleton<FeedFetcher>();
        return services;
    }
}
