using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;
using WinBack.Testing;

namespace Standins.Tests.Redis;

/// <summary>The same client over TLS, which goes through the stream pipes instead of the socket pipes.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task RedisServer_OverTls_WorksAndSurvivesARestart()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("winback-tls-");
        int port = FreePort.Next();
        using X509Certificate2 certificate = WriteCertificate(folder.FullName);
        try
        {
            await using RedisServer server = await RedisServer.StartAsync(new()
            {
                AppendOnly = AppendOnly.EverySecond,
                Arguments =
                [
                    "--tls-port", $"{port}", "--tls-auth-clients", "no",
                    "--tls-cert-file", Path.Combine(folder.FullName, "cert.pem"),
                    "--tls-key-file", Path.Combine(folder.FullName, "key.pem"),
                ],
            });
            await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(Options(port, certificate));
            await MixedLoad.FillAsync(connection.GetDatabase());
            byte[] big = new byte[3_000_000];
            await connection.GetDatabase().StringSetAsync("big", big);
            Assert.Equal(big, (byte[]?)await connection.GetDatabase().StringGetAsync("big"));

            var load = new MixedLoad(connection, callers: 32, seed: 1);
            load.Start();
            await load.AnswersAsync(2_000);
            await server.KillAsync();
            await server.RestartAsync();
            await load.AnswersAsync(2_000);
            await load.StopAsync();
            Assert.Empty(load.Wrong);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ConfigurationOptions Options(int port, X509Certificate2 certificate)
    {
        var options = ConfigurationOptions.Parse($"127.0.0.1:{port},ssl=true,sslHost=localhost,abortConnect=false");
        options.CertificateValidation += (_, presented, _, errors)
            => errors == SslPolicyErrors.None || presented?.GetCertHashString() == certificate.GetCertHashString();
        return options;
    }

    private static X509Certificate2 WriteCertificate(string folder)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }
}
