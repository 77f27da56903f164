import { BadGatewayException, Injectable } from '@nestjs/common';

const apiPythonUrl = process.env['API_PYTHON_URL'] ?? 'http://localhost:8000';

/** The service behind this one. */
@Injectable()
export class ApiPython {
  /** What it answers on this path; throws (502) if it answers with an error or not within ten seconds. */
  async ask(path: string): Promise<unknown> {
    const response = await fetch(new URL(path, apiPythonUrl), {
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) {
      throw new BadGatewayException(`api-python answered ${response.status} on ${path}`);
    }
    return response.json();
  }
}
